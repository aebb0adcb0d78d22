import { defineConfig } from '@playwright/test';
import { chromiumLaunch } from './test/support/chromium.ts';

export default defineConfig({
  testDir: 'test',
  testMatch: /(unit|browser)\/.*\.spec\.ts$/,
  outputDir: 'test-results/artifacts',
  fullyParallel: true,
  forbidOnly: process.env.CI !== undefined,
  workers: 2,
  // Patience only: nothing waits that long on a machine that is not busy with other things.
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: [['list'], ['json', { outputFile: 'test-results/report.json' }]],
  use: {
    launchOptions: chromiumLaunch(),
    viewport: { width: 1350, height: 900 },
  },
});
