import { chromium } from 'playwright'; import { benchContribution } from './test/bench/coordinator.ts'; import { chromiumPath } from './test/support/chromium.ts';
const p=chromiumPath(); const b=await chromium.launch(p===undefined?{}:{executablePath:p}); await benchContribution(b); await b.close();
