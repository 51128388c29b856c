// Takes the pictures of docs/pictures from the server at RISKBILD_URL: node scripts/with-demo.mjs node scripts/take-pictures.mjs
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const url = process.env.RISKBILD_URL;
const folder = process.env.PICTURES ?? fileURLToPath(new URL('../../docs/pictures', import.meta.url));
const desktop = { width: 1280, height: 800 };
const phone = { width: 390, height: 844 };

const pictures = [
  ['map', desktop, '/?overlays=repeat_locations&radius=500&map=11.8/59.86/17.64'],
  ['county', desktop, '/'],
  ['kommuner', desktop, '/?surface=kommuner&tab=kommuner'],
  ['english', desktop, '/?lang=en&tab=filter'],
  ['phone', phone, '/'],
];

const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  chromiumSandbox: false,
  args: ['--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--disable-background-networking',
    '--disable-component-update', '--disable-sync', '--disable-quic', '--no-first-run'],
});
try {
  for (const [name, viewport, address] of pictures) {
    const page = await browser.newPage({ viewport, deviceScaleFactor: 1 });
    await page.goto(url + address);
    await page.waitForFunction(isFinished, null, { polling: 100 });
    await page.screenshot({ path: `${folder}/${name}.png` });
    await page.close();
    console.log(`${name}.png`);
  }
} finally {
  await browser.close();
}

/** In the page: the map is drawn and nothing is loading, for half a second on end. */
function isFinished() {
  const isQuiet =
    document.querySelector('[data-map="idle"]') !== null && document.querySelector('[aria-busy="true"], .loading') === null;
  window.quietSince = isQuiet ? (window.quietSince ?? Date.now()) : undefined;
  return isQuiet && Date.now() - window.quietSince > 500;
}
