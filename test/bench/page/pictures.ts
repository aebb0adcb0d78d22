import type { Browser } from 'playwright';

/** Turns the demo's drawn pictures into what shops have: photographs' format, decoded off the main thread. */
export type Photograph = (svg: string) => Promise<Buffer>;

/**
 * An SVG in an `<img>` is a document of its own to Chromium, laid out on the page's main thread; a WebP is not. Each drawing
 * is converted once, in a page of its own.
 */
export async function createPhotograph(browser: Browser): Promise<Photograph> {
  const page = await browser.newPage();
  const taken = new Map<string, Promise<Buffer>>();
  const take = async (svg: string): Promise<Buffer> => {
    const data = await page.evaluate(async (drawing) => {
      const image = new Image(800, 1000);
      image.src = `data:image/svg+xml,${encodeURIComponent(drawing)}`;
      await image.decode();
      const canvas = Object.assign(document.createElement('canvas'), { width: 800, height: 1000 });
      canvas.getContext('2d')?.drawImage(image, 0, 0, 800, 1000);
      return canvas.toDataURL('image/webp', 0.8);
    }, svg);
    const [, base64] = data.match(/^data:image\/webp;base64,(.+)$/) ?? [];
    if (base64 === undefined) throw new Error(`this Chromium writes no WebP: ${data.slice(0, 40)}`);
    return Buffer.from(base64, 'base64');
  };
  return (svg) => {
    const picture = taken.get(svg) ?? take(svg);
    taken.set(svg, picture);
    return picture;
  };
}
