import axe from 'axe-core';
import { chromium, type Browser, type Page, type Route } from 'playwright-core';
import type { County, Legend } from '../src/api/types';
import { Picture } from './picture';

export const desktop = { width: 1280, height: 800 };
export const phone = { width: 390, height: 844 };

const serverAddress = process.env.RISKBILD_URL;
const settledFor = 400;

let browser: Promise<Browser> | undefined;

/** The viewer as a person meets it, in sentences. The only file that knows selectors. */
export class Viewer {
  /** What should never happen: violations of the policy, errors on the console, requests elsewhere. */
  readonly trouble: string[] = [];

  private constructor(readonly page: Page) {}

  /** Opens an address of the viewer, such as `?tab=places`, in a fresh session, and waits for its picture. */
  static async open(query = '', options: { size?: typeof desktop; tamper?: Tampering; unsettled?: boolean } = {}): Promise<Viewer> {
    if (serverAddress === undefined) throw new Error('set RISKBILD_URL to the address of a running server');
    const context = await (await theBrowser()).newContext({
      viewport: options.size ?? desktop,
      deviceScaleFactor: 1,
      reducedMotion: 'reduce',
      locale: 'sv-SE',
      timezoneId: 'America/New_York', // what is shown must not depend on where the screen is
    });
    const viewer = new Viewer(await context.newPage());
    await viewer.#watch();
    await options.tamper?.(viewer.page);
    await viewer.page.goto(new URL(`/${query}`, serverAddress).href);
    if (!options.unsettled) await viewer.settled();
    return viewer;
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }

  /** Until the map is drawn, nothing is loading, and it stays so. */
  async settled(): Promise<void> {
    const quiet = () =>
      this.page.evaluate(
        () =>
          document.querySelector('[data-map="idle"]') !== null && document.querySelector('[aria-busy="true"]') === null,
      );
    const until = Date.now() + 40_000;
    for (let since = Date.now(); Date.now() - since < settledFor; await this.page.waitForTimeout(50)) {
      if (!(await quiet())) since = Date.now();
      if (Date.now() > until) throw new Error('the map does not come to rest');
    }
  }

  async mapPicture(): Promise<Picture> {
    return new Picture(await this.page.locator('.map-canvas').screenshot());
  }

  /** The query of the address bar, decoded. */
  address(): string {
    return decodeURIComponent(new URL(this.page.url()).search);
  }

  async reload(): Promise<void> {
    await this.page.reload();
    await this.settled();
  }

  async goBack(): Promise<void> {
    await this.page.goBack();
    await this.settled();
  }

  async openTab(name: string): Promise<void> {
    await this.page.getByRole('tab', { name, exact: true }).click();
    await this.settled();
  }

  async showMapOnly(): Promise<void> {
    await this.page.getByRole('button', { name: 'Karta', exact: true }).click();
    await this.settled();
  }

  async chooseSurface(name: 'Täthet' | 'Per kommun' | 'Ingen'): Promise<void> {
    await this.page.getByRole('radio', { name: new RegExp(`^${name}`) }).check();
    await this.settled();
  }

  async showOverlay(name: 'Händelser' | 'Upprepade platser'): Promise<void> {
    await this.page.getByRole('checkbox', { name: new RegExp(`^${name}`) }).check();
    await this.settled();
  }

  async chooseRadius(metres: number): Promise<void> {
    await this.page.locator('select[name="radius"]').selectOption(String(metres));
    await this.settled();
  }

  async filterByKind(search: string, code: string): Promise<void> {
    await this.page.getByRole('searchbox').fill(search);
    await this.page.locator(`input[name="kinds"][value="${code}"]`).check();
    await this.settled();
  }

  async filterBySource(name: string): Promise<void> {
    await this.page.locator(`input[name="sources"][value="${name}"]`).check();
    await this.settled();
  }

  async filterByDays(first: string, last: string): Promise<void> {
    await this.page.locator('input[name="from"]').fill(first);
    await this.page.locator('input[name="to"]').fill(last);
    await this.settled();
  }

  async clearFilter(): Promise<void> {
    await this.page.getByRole('button', { name: 'Rensa alla filter' }).first().click();
    await this.settled();
  }

  async filterInWords(): Promise<string[]> {
    return this.page.locator('.chip > span:first-child').allTextContents();
  }

  /** The number said to match the filter. */
  async matching(): Promise<number> {
    return digits(await this.page.locator('.matching').innerText());
  }

  async legend(layer: string): Promise<{ n: number; leftOut: number; classes: number; text: string }> {
    const part = this.page.locator(`.legend-layer[data-layer="${layer}"]`);
    const leftOut = part.locator('[data-left-out]');
    return {
      n: digits(await part.locator('[data-n]').innerText()),
      leftOut: (await leftOut.count()) > 0 ? digits(await leftOut.innerText()) : 0,
      classes: await part.locator('.classes li').count(),
      text: await part.innerText(),
    };
  }

  async whyLeftOut(layer: string): Promise<string[]> {
    const part = this.page.locator(`.legend-layer[data-layer="${layer}"]`);
    await part.locator('[data-left-out]').click();
    return part.locator('.reasons li').allInnerTexts();
  }

  /** What the server itself says of a layer under the filter in the address. */
  async legendOfServer(layer: string, options = ''): Promise<Legend> {
    return this.#ask<Legend>(`/api/v1/layers/${layer}/legend?o=${options}`);
  }

  async county(): Promise<County> {
    return this.#ask<County>('/api/v1/county');
  }

  /** Presses keys on one end of the timeline's brush. */
  async pressOnTimeline(end: 'Periodens början' | 'Periodens slut', keys: string[]): Promise<void> {
    const handle = this.page.getByRole('slider', { name: end });
    await handle.focus();
    for (const key of keys) await this.page.keyboard.press(key);
    await this.page.keyboard.press('Enter');
    await this.settled();
  }

  async brushTimeline(from: number, to: number): Promise<void> {
    const box = await this.page.locator('.plot').boundingBox();
    if (box === null) throw new Error('there is no timeline');
    const y = box.y + box.height / 2;
    await this.page.mouse.move(box.x + box.width * from, y);
    await this.page.mouse.down();
    await this.page.mouse.move(box.x + box.width * to, y, { steps: 5 });
    await this.page.mouse.up();
    await this.settled();
  }

  async periodInWords(): Promise<string> {
    return this.page.locator('.timeline-period').innerText();
  }

  async places(): Promise<{ rank: string; text: string }[]> {
    const rows = await this.page.locator('.places > li').all();
    return Promise.all(
      rows.map(async (row) => ({ rank: await row.locator('.rank').innerText(), text: await row.innerText() })),
    );
  }

  async goToPlace(rank: number): Promise<void> {
    await this.page.locator('.places > li').nth(rank - 1).getByRole('button').click();
    await this.settled();
  }

  async chosenPlaceRank(): Promise<string | null> {
    const chosen = this.page.locator('.places > li.chosen .rank');
    return (await chosen.count()) === 0 ? null : chosen.first().innerText();
  }

  async kommuner(): Promise<string[]> {
    return this.page.locator('table.kommuner tbody tr').allInnerTexts();
  }

  async incidents(): Promise<{ id: string; text: string }[]> {
    const rows = await this.page.locator('.incidents button.row').all();
    return Promise.all(
      rows.map(async (row) => ({ id: (await row.getAttribute('data-incident')) ?? '', text: await row.innerText() })),
    );
  }

  async moreIncidents(): Promise<void> {
    const before = await this.page.locator('.incidents button.row').count();
    await this.page.getByRole('button', { name: 'Visa fler' }).click();
    await this.page.waitForFunction((n) => document.querySelectorAll('.incidents button.row').length > n, before);
  }

  async onlyIncidentsInMap(): Promise<void> {
    await this.page.locator('input[name="only-in-map"]').check();
    await this.settled();
  }

  async openIncident(row: number): Promise<void> {
    await this.page.locator('.incidents button.row').nth(row).click();
    await this.page.locator('.card .voice').first().waitFor();
    await this.settled();
  }

  /** The open card's text, or null where none is open. */
  async card(): Promise<string | null> {
    const card = this.page.locator('.card');
    return (await card.count()) === 0 ? null : card.innerText();
  }

  async clickMap(x: number, y: number): Promise<void> {
    const box = await this.page.locator('.map-canvas').boundingBox();
    if (box === null) throw new Error('there is no map');
    await this.page.mouse.click(box.x + box.width * x, box.y + box.height * y);
    await this.settled();
  }

  async dragMap(dx: number, dy: number): Promise<void> {
    const box = await this.page.locator('.map-canvas').boundingBox();
    if (box === null) throw new Error('there is no map');
    const [x, y] = [box.x + box.width * 0.6, box.y + box.height * 0.4];
    await this.page.mouse.move(x, y);
    await this.page.mouse.down();
    await this.page.mouse.move(x + dx, y + dy, { steps: 8 });
    await this.page.mouse.up();
    await this.settled();
  }

  async chooseLanguage(name: 'Svenska' | 'English'): Promise<void> {
    await this.page.getByRole('button', { name, exact: true }).click();
    await this.settled();
  }

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  /** What has the focus, by its accessible name or text. */
  async focused(): Promise<{ role: string; name: string; outlined: boolean }> {
    return this.page.evaluate(() => {
      const at = document.activeElement;
      if (!(at instanceof HTMLElement)) return { role: '', name: '', outlined: false };
      const style = getComputedStyle(at);
      return {
        role: at.getAttribute('role') ?? at.tagName.toLowerCase(),
        name: at.getAttribute('aria-label') ?? at.innerText.trim(),
        outlined: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
      };
    });
  }

  /** Presses Tab until what is looked for has the focus. */
  async tabTo(name: RegExp, most = 60): Promise<void> {
    for (let steps = 0; steps < most; ++steps) {
      if (name.test((await this.focused()).name)) return;
      await this.page.keyboard.press('Tab');
    }
    throw new Error(`Tab does not come to ${name}`);
  }

  async notices(): Promise<string> {
    return this.page.locator('.notices').innerText();
  }

  async wholeText(): Promise<string> {
    return this.page.locator('body').innerText();
  }

  async language(): Promise<string | null> {
    return this.page.locator('html').getAttribute('lang');
  }

  /** What axe finds against WCAG 2.2 A and AA, a line a finding. */
  async accessibilityFaults(): Promise<string[]> {
    // By the debugger, which the page's policy does not concern.
    await this.page.evaluate(axe.source);
    const found = await this.page.evaluate(async () => {
      const { axe } = window as unknown as { axe: typeof import('axe-core') };
      const result = await axe.run(document, {
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
      });
      return result.violations.flatMap((v) => v.nodes.map((node) => `${v.id}: ${node.html.slice(0, 120)}`));
    });
    return found;
  }

  /** Pixels by which the page, or any part that does not scroll by itself, is wider than its window. */
  async overhang(): Promise<number> {
    return this.page.evaluate(() => {
      const parts = document.querySelectorAll('.header *, .notices *, .tabs *, .panel *, .card *, .stage > *, .map-frame > *, .timeline-head *');
      const furthest = Math.max(...[...parts].map((part) => part.getBoundingClientRect().right));
      return Math.max(0, Math.ceil(Math.max(document.documentElement.scrollWidth, furthest) - window.innerWidth));
    });
  }

  /** Pairs of texts and controls over the map that lie on one another. */
  async overlaps(): Promise<string[]> {
    return this.page.evaluate(() => {
      const parts = ['.legend', '.map-buttons', '.map-note', '.maplibregl-ctrl-scale', '.card', '.timeline', '.filter-summary'];
      const boxes = parts.flatMap((part) => {
        const box = document.querySelector(part)?.getBoundingClientRect();
        return box && box.width > 0 ? [{ part, box }] : [];
      });
      return boxes.flatMap((a, i) =>
        boxes
          .slice(i + 1)
          .filter(
            (b) =>
              a.box.left < b.box.right - 1 &&
              b.box.left < a.box.right - 1 &&
              a.box.top < b.box.bottom - 1 &&
              b.box.top < a.box.bottom - 1,
          )
          .map((b) => `${a.part} and ${b.part}`),
      );
    });
  }

  async #ask<T>(path: string): Promise<T> {
    const f = new URL(this.page.url()).searchParams.get('f');
    const address = new URL(path, serverAddress);
    if (f !== null) address.searchParams.set('f', f);
    const response = await fetch(address);
    if (!response.ok) throw new Error(`${address.href} gives ${response.status}`);
    return (await response.json()) as T;
  }

  async #watch(): Promise<void> {
    await this.page.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', (event) =>
        console.error(`policy violated: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`),
      );
    });
    this.page.on('console', (message) => {
      if (message.type() === 'error') this.trouble.push(`console: ${message.text()}`);
    });
    this.page.on('pageerror', (error) => this.trouble.push(`error: ${error.message}`));
    this.page.on('request', (request) => {
      const address = new URL(request.url());
      const own = new URL(serverAddress ?? '');
      if (!['data:', 'blob:'].includes(address.protocol) && address.origin !== own.origin) {
        this.trouble.push(`request elsewhere: ${request.url()}`);
      }
    });
  }
}

/** Stands between the page and the server, to show what the server cannot be made to do. */
export type Tampering = (page: Page) => Promise<unknown>;

/** Answers of one path, changed. */
export function withJson(path: string, change: (json: Record<string, unknown>) => void): Tampering {
  return (page) =>
    page.route(`**${path}`, async (route: Route) => {
      const response = await route.fetch();
      const json = (await response.json()) as Record<string, unknown>;
      change(json);
      await route.fulfill({ response, json });
    });
}

export async function closeBrowser(): Promise<void> {
  await (await browser)?.close();
  browser = undefined;
}

function theBrowser(): Promise<Browser> {
  browser ??= chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    chromiumSandbox: false,
    args: [
      '--use-gl=angle',
      '--use-angle=swiftshader',
      '--enable-unsafe-swiftshader',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-quic',
      '--no-first-run',
    ],
  });
  return browser;
}

/** The first number of a text, whatever groups its digits. */
function digits(text: string): number {
  const match = /\d[\d\s.,\u00a0\u202f]*/.exec(text);
  return match ? Number(match[0].replace(/\D/g, '')) : Number.NaN;
}
