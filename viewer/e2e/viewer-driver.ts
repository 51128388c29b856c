import axe from 'axe-core';
import { chromium, type Browser, type Locator, type Page, type Route } from 'playwright-core';
import type {
  County,
  Explanation,
  IncidentRow,
  LayerCatalogue,
  LayerResult,
  Legend,
  RepeatLocation,
  RepeatLocations,
  TileJson,
} from '../src/api/types';
import { Picture } from './picture';
import { ResultsPage } from './results-page';

export const desktop = { width: 1280, height: 800 };
export const phone = { width: 390, height: 844 };

const serverAddress = process.env.RISKBILD_URL;
const settledFor = 400;

let browser: Promise<Browser> | undefined;

interface Opening {
  readonly size?: typeof desktop;
  readonly tamper?: Tampering;
  /** Does not wait for the picture. */
  readonly unsettled?: boolean;
  /** For somebody who has not asked for less of it. */
  readonly motion?: boolean;
}

/** The viewer as a person meets it, in sentences. It and the pages that it hands out alone know selectors. */
export class Viewer {
  /** What should never happen: violations of the policy, errors on the console, requests elsewhere. */
  readonly trouble: string[] = [];

  /** Analyses, their options and results. */
  readonly results: ResultsPage;

  private constructor(private readonly page: Page) {
    this.results = new ResultsPage(page, () => this.settled());
  }

  /** Opens an address of the viewer, such as `?tab=places`, in a fresh session, and waits for its picture. */
  static async open(query = '', options: Opening = {}): Promise<Viewer> {
    if (serverAddress === undefined) throw new Error('set RISKBILD_URL to the address of a running server');
    const context = await (await theBrowser()).newContext({
      viewport: options.size ?? desktop,
      deviceScaleFactor: 1,
      reducedMotion: options.motion ? 'no-preference' : 'reduce',
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
          document.querySelector('[data-map="idle"]') !== null &&
          document.querySelector('[aria-busy="true"], .loading') === null,
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

  /** What a card leaves of the map. */
  async mapAboveCard(): Promise<Picture> {
    const map = await this.#mapBox();
    const card = await this.page.locator('#card').boundingBox();
    if (card === null) throw new Error('there is no card');
    return new Picture(await this.page.screenshot({ clip: { ...map, height: card.y - map.y } }));
  }

  /** So many pixels to each side of a place on a map whose camera is in the address. */
  async pictureAround(place: { lng: number; lat: number } | undefined, reach: number): Promise<Picture> {
    if (place === undefined) throw new Error('there is no such place');
    const { x, y } = await this.#pixelOf(place);
    const clip = { x: Math.round(x) - reach, y: Math.round(y) - reach, width: 2 * reach + 1, height: 2 * reach + 1 };
    return new Picture(await this.page.screenshot({ clip }));
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

  /** Opens a page of the panel Data. */
  async openDataPage(name: string): Promise<void> {
    await this.page.getByRole('navigation', { name: 'Sidor om data' }).getByRole('button', { name, exact: true }).click();
    await this.settled();
  }

  /** Drops a file on the place for files, as from the desktop. */
  async dropFile(name: string, content: string): Promise<void> {
    await this.dropFiles({ [name]: content });
    await this.page.getByLabel('Vad är det?').waitFor();
  }

  /** Several at once; what comes of them is not waited for. */
  async dropFiles(contents: Readonly<Record<string, string>>): Promise<void> {
    const transfer = await this.page.evaluateHandle((files) => {
      const data = new DataTransfer();
      for (const [name, text] of Object.entries(files)) data.items.add(new File([text], name, { type: 'text/csv' }));
      return data;
    }, contents);
    await this.page.locator('.drop-zone').dispatchEvent('drop', { dataTransfer: transfer });
  }

  /** Fields that the page about a file has. */
  async fieldsOfImport(): Promise<number> {
    return this.page.locator('.file-import').locator('input, select').count();
  }

  async chosenIn(field: string): Promise<string> {
    return this.#field(field).inputValue();
  }

  async writeIn(field: string, text: string): Promise<void> {
    await this.#field(field).fill(text);
  }

  async chooseFile(field: string, name: string, content: string): Promise<void> {
    await this.#field(field).setInputFiles({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(content) });
  }

  async mayPress(name: string): Promise<boolean> {
    const button = this.page.locator('#panel').getByRole('button', { name, exact: true });
    return (await button.getAttribute('aria-disabled')) !== 'true';
  }

  async pressButton(name: string | RegExp): Promise<void> {
    await this.page.locator('#panel').getByRole('button', { name, exact: true }).click();
  }

  /** Waits until the panel says so. */
  async panelSays(text: string | RegExp): Promise<void> {
    await this.page.locator('#panel').getByText(text).first().waitFor();
  }

  /** The rows of the desk in sight. */
  async deskRows(): Promise<string[]> {
    return this.page.locator('ol.desk > li').allInnerTexts();
  }

  async openDeskRow(index: number): Promise<void> {
    await this.page.locator('ol.desk button.row').nth(index).click();
    await this.settled();
  }

  /** The pairs of reports in sight, to be decided. */
  async reviewPairs(): Promise<string[]> {
    return this.page.locator('ol.pairs > li').allInnerTexts();
  }

  async openReviewPair(index: number): Promise<void> {
    await this.page.locator('ol.pairs button.row').nth(index).click();
    await this.settled();
  }

  /** Words that both of two reports say. */
  async markedWords(): Promise<string[]> {
    return this.page.locator('#panel mark').allInnerTexts();
  }

  async chooseIn(field: string, option: string | RegExp): Promise<void> {
    const options = await this.#field(field).locator('option').allInnerTexts();
    const label = options.find((text) => (typeof option === 'string' ? text === option : option.test(text)));
    if (label === undefined) throw new Error(`${field} offers ${options.join(', ')}`);
    await this.#field(field).selectOption({ label });
  }

  /** What became of the rows of a file, by the words for it. */
  async importCounts(): Promise<Record<string, string>> {
    const rows = await this.page.locator('table.row-counts tr').all();
    const pairs = await Promise.all(
      rows.map(async (row) => [await row.locator('th').innerText(), await row.locator('td').innerText()] as const),
    );
    return Object.fromEntries(pairs);
  }

  async showMapOnly(): Promise<void> {
    await this.page.getByRole('button', { name: 'Karta', exact: true }).click();
    await this.settled();
  }

  /** What comes of the keys is not waited for. */
  async press(...keys: string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  async chooseSurface(name: 'Täthet' | 'Per kommun' | 'Ingen'): Promise<void> {
    await this.page.getByRole('radio', { name: new RegExp(`^${name}`) }).check();
    await this.settled();
  }

  async showOverlay(name: 'Händelser' | 'Upprepade platser'): Promise<void> {
    await this.page.getByRole('checkbox', { name: new RegExp(`^${name}`) }).check();
    await this.settled();
  }

  async hideOverlay(name: 'Händelser' | 'Upprepade platser'): Promise<void> {
    await this.page.getByRole('checkbox', { name: new RegExp(`^${name}`) }).uncheck();
    await this.settled();
  }

  async chooseRadius(metres: number): Promise<void> {
    await this.page.locator('select[name="radius"]').selectOption(String(metres));
    await this.settled();
  }

  async chooseRadiusRule(rule: string): Promise<void> {
    await this.page.locator('select[name="radius"]').selectOption(rule);
    await this.settled();
  }

  /** As the list of radii says it. */
  async chosenRadius(): Promise<string> {
    return this.page.locator('select[name="radius"] option:checked').innerText();
  }

  async filterByKind(search: string, code: string): Promise<void> {
    await this.page.getByRole('searchbox').fill(search);
    await this.page.locator(`input[name="kinds"][value="${code}"]`).check();
    await this.settled();
  }

  /** Checks a kind, and does not wait for what comes of it. */
  async checkKind(code: string): Promise<void> {
    await this.page.locator(`input[name="kinds"][value="${code}"]`).check();
  }

  /** The kinds of the first level as the filter lists them. */
  async kindsInOrder(): Promise<string[]> {
    return this.page.locator('.kind-box > .kinds > li > .kind label > span').allInnerTexts();
  }

  async searchKinds(text: string): Promise<void> {
    await this.page.getByRole('searchbox').fill(text);
    await this.page.getByRole('searchbox').focus();
  }

  async searchedKinds(): Promise<string> {
    return this.page.getByRole('searchbox').inputValue();
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

  /** Changes a date with the keyboard, one key at a time, and stays in the field. */
  async typeDate(end: 'from' | 'to', keys: string[]): Promise<void> {
    await this.page.locator(`input[name="${end}"]`).focus();
    await this.press(...keys);
    await this.settled();
  }

  async daysInFilter(): Promise<{ from: string; to: string; wrong: string | null }> {
    const wrong = this.page.locator('#wrong-period');
    return {
      from: await this.page.locator('input[name="from"]').inputValue(),
      to: await this.page.locator('input[name="to"]').inputValue(),
      wrong: (await wrong.count()) === 0 ? null : await wrong.innerText(),
    };
  }

  async chooseQuickPeriod(name: 'Senaste 30 dagarna' | 'Senaste 12 månaderna'): Promise<void> {
    await this.page.getByRole('button', { name }).click();
    await this.settled();
  }

  async filterByHours(end: 'from' | 'to', hour: number): Promise<void> {
    await this.page.locator(`select[name="hours-${end}"]`).selectOption(String(hour));
    await this.settled();
  }

  async hoursInFilter(): Promise<string[]> {
    return Promise.all(['from', 'to'].map((end) => this.page.locator(`select[name="hours-${end}"]`).inputValue()));
  }

  /** Takes one part of the filter away, by its words. */
  async removeFilter(words: RegExp): Promise<void> {
    await this.page.locator('.chip', { hasText: words }).press('Enter');
    await this.settled();
  }

  async clearFilterInPanel(): Promise<void> {
    await this.page.locator('.panel-head').getByRole('button', { name: 'Rensa alla filter' }).press('Enter');
    await this.settled();
  }

  async clearFilterInSummary(): Promise<void> {
    await this.page.locator('.filter-summary').getByRole('button', { name: 'Rensa alla filter' }).press('Enter');
    await this.settled();
  }

  async clearFilter(): Promise<void> {
    await this.page.getByRole('button', { name: 'Rensa alla filter' }).first().click();
    await this.settled();
  }

  async filterInWords(): Promise<string[]> {
    return this.page.locator('.chip > span:first-child').allTextContents();
  }

  /** How the number that match the filter is written. */
  async matchingInWords(): Promise<string> {
    return this.page.locator('.matching').innerText();
  }

  /** The number said to match the filter; not a number while none is known. */
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

  /** From the legend of a layer without points to the counts of what it left out. */
  async showCountsByKommun(): Promise<void> {
    await this.page.locator('.legend').getByRole('button', { name: 'Se dem per kommun' }).first().click();
    await this.settled();
  }

  /** The classes of the legend, in words. */
  async classesInLegend(layer: string): Promise<string[]> {
    return this.page.locator(`.legend-layer[data-layer="${layer}"] .classes li`).allInnerTexts();
  }

  async whyLeftOut(layer: string): Promise<string[]> {
    const part = this.page.locator(`.legend-layer[data-layer="${layer}"]`);
    await part.locator('[data-left-out]').click();
    return part.locator('.reasons li').allInnerTexts();
  }

  /** Opens or closes the strip in the legend of the density. */
  async toggleSensitivity(): Promise<void> {
    await this.page.getByText('Känslighet för radien').click();
    await this.settled();
  }

  /** The pictures of the strip, in their order; a picture that did not come has no width. */
  async sensitivity(): Promise<{ radius: string; chosen: boolean; width: number; address: string; missing: string | null }[]> {
    return this.page.locator('.sensitivity button').evaluateAll((buttons) =>
      buttons.map((button) => {
        const picture = button.querySelector('img');
        return {
          radius: button.textContent?.replace('–', '').replace(/\s+/g, ' ').trim() ?? '',
          chosen: button.getAttribute('aria-current') === 'true',
          width: picture?.naturalWidth ?? 0,
          address: picture?.src ?? '',
          missing: button.querySelector('[role="img"]')?.getAttribute('title') ?? null,
        };
      }),
    );
  }

  async sensitivityPictures(): Promise<Picture[]> {
    const pictures = await this.page.locator('.sensitivity .tile-picture').all();
    return Promise.all(pictures.map(async (picture) => new Picture(await picture.screenshot())));
  }

  async chooseInSensitivity(radius: string): Promise<void> {
    await this.page.locator('.sensitivity').getByRole('button', { name: `Täthet med sökradien ${radius}`, exact: true }).press('Enter');
    await this.settled();
  }

  /** What the server itself says of a layer under the filter in the address. */
  async legendOfServer(layer: string, options = ''): Promise<Legend> {
    return this.#ask<Legend>(`/api/v1/layers/${layer}/legend?o=${options}`);
  }

  async catalogueOfServer(): Promise<LayerCatalogue> {
    return this.#ask<LayerCatalogue>('/api/v1/layers', false);
  }

  async resultOfServer(layer: string, options = ''): Promise<LayerResult> {
    return this.#ask<LayerResult>(`/api/v1/layers/${layer}/result?limit=1000&o=${options}`);
  }

  async whyOfServer(layer: string, at: string, options = ''): Promise<Explanation> {
    return this.#ask<Explanation>(`/api/v1/layers/${layer}/why?at=${at}&o=${options}`);
  }

  async county(): Promise<County> {
    return this.#ask<County>('/api/v1/county', false);
  }

  async placesOfServer(limit: number): Promise<RepeatLocation[]> {
    return (await this.#ask<RepeatLocations>(`/api/v1/repeat-locations?limit=${limit}`)).places;
  }

  async repeatsOfServer(): Promise<RepeatLocations> {
    return this.#ask<RepeatLocations>('/api/v1/repeat-locations?limit=1');
  }

  /** The newest under a filter of its own. */
  async incidentsOfServer(f: string, limit = 200): Promise<IncidentRow[]> {
    const path = `/api/v1/incidents?limit=${limit}&f=${encodeURIComponent(f)}`;
    return (await this.#ask<{ incidents: IncidentRow[] }>(path, false)).incidents;
  }

  async backgroundOfServer(): Promise<TileJson> {
    return this.#ask<TileJson>('/api/v1/layers/background/tilejson', false);
  }

  /** Presses keys on one end of the timeline's brush. */
  async pressOnTimeline(end: 'Periodens början' | 'Periodens slut', keys: string[]): Promise<void> {
    const handle = this.page.getByRole('slider', { name: end });
    await handle.focus();
    for (const key of keys) await this.page.keyboard.press(key);
    await this.page.keyboard.press('Enter');
    await this.settled();
  }

  async brushTimeline(from: number, to: number, wait: 'settled' | 'unsettled' = 'settled'): Promise<void> {
    const box = await this.page.locator('.plot').boundingBox();
    if (box === null) throw new Error('there is no timeline');
    const y = box.y + box.height / 2;
    await this.page.mouse.move(box.x + box.width * from, y);
    await this.page.mouse.down();
    await this.page.mouse.move(box.x + box.width * to, y, { steps: 5 });
    await this.page.mouse.up();
    if (wait === 'settled') await this.settled();
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
    await this.page.locator('.places > li').nth(rank - 1).getByRole('button').press('Enter');
    await this.settled();
  }

  async chosenPlaceRank(): Promise<string | null> {
    const chosen = this.page.locator('.places > li.chosen .rank');
    return (await chosen.count()) === 0 ? null : chosen.first().innerText();
  }

  async kommuner(): Promise<string[]> {
    return this.page.locator('table.kommuner tbody tr').allInnerTexts();
  }

  async goToKommun(name: string): Promise<void> {
    await this.page.getByRole('button', { name: `Visa ${name} på kartan` }).press('Enter');
    await this.settled();
  }

  async sortKommunerBy(column: 'Kommun' | 'Antal'): Promise<void> {
    await this.page.locator('table.kommuner thead').getByRole('button', { name: column }).click();
  }

  /** The row of the kommun that is pointed out. */
  async chosenKommun(): Promise<string | null> {
    const chosen = this.page.locator('table.kommuner tr[aria-current="true"]');
    return (await chosen.count()) === 0 ? null : chosen.innerText();
  }

  async incidents(): Promise<{ id: string; text: string }[]> {
    const rows = await this.page.locator('.incidents button.row').all();
    return Promise.all(
      rows.map(async (row) => ({ id: (await row.getAttribute('data-incident')) ?? '', text: await row.innerText() })),
    );
  }

  async moreIncidents(): Promise<void> {
    const before = await this.page.locator('.incidents button.row').count();
    await this.askForMoreIncidents();
    await this.page.waitForFunction((n) => document.querySelectorAll('.incidents button.row').length > n, before);
  }

  /** Presses the button as many times as somebody impatient does. */
  async askForMoreIncidents(times = 1): Promise<void> {
    const button = this.page.getByRole('button', { name: 'Visa fler' });
    for (let time = 0; time < times; ++time) await button.click({ force: true });
  }

  async canAskForMoreIncidents(): Promise<boolean> {
    return (await this.page.locator('.more').getAttribute('aria-disabled')) !== 'true';
  }

  async onlyIncidentsInMap(): Promise<void> {
    await this.page.locator('input[name="only-in-map"]').check();
    await this.settled();
  }

  async startOpeningIncident(row: number): Promise<void> {
    await this.page.locator('.incidents button.row').nth(row).click();
  }

  async openIncident(row: number): Promise<void> {
    await this.startOpeningIncident(row);
    await this.page.locator('.card .voice').first().waitFor();
    await this.settled();
  }

  /** The first of the list that several reports tell of. */
  async openIncidentOfSeveral(): Promise<void> {
    await this.page.locator('.incidents button.row', { hasText: /\d rapporter/ }).first().click();
    await this.page.locator('.card .voice').nth(1).waitFor();
    await this.settled();
  }

  async pressOnCard(name: string): Promise<void> {
    await this.page.locator('#card').getByRole('button', { name, exact: true }).first().click();
  }

  /** The open card's text, or null where none is open. */
  async card(): Promise<string | null> {
    const card = this.page.locator('#card');
    return (await card.count()) === 0 ? null : card.innerText();
  }

  async clickMap(x: number, y: number): Promise<void> {
    const box = await this.#mapBox();
    await this.page.mouse.click(box.x + box.width * x, box.y + box.height * y);
    await this.settled();
  }

  /** Clicks a place on a map whose camera is in the address. */
  async clickPlace(place: { lng: number; lat: number }): Promise<void> {
    const { x, y } = await this.#pixelOf(place);
    await this.page.mouse.click(x, y);
    await this.settled();
  }

  async doubleClickPlace(place: { lng: number; lat: number }): Promise<void> {
    const { x, y } = await this.#pixelOf(place);
    await this.page.mouse.dblclick(x, y);
    await this.settled();
  }

  /** Whether nothing lies over the map where a place is. */
  async isInSight(place: { lng: number; lat: number }): Promise<boolean> {
    const { x, y } = await this.#pixelOf(place);
    return this.page.evaluate(([x, y]) => document.elementFromPoint(x, y)?.closest('.map-canvas') !== null, [x, y] as const);
  }

  async zoomByWheel(clicks: number): Promise<void> {
    const box = await this.#mapBox();
    await this.page.mouse.move(box.x + box.width * 0.6, box.y + box.height * 0.4);
    await this.page.mouse.wheel(0, -100 * clicks);
    await this.settled();
  }

  async zoomByBox(): Promise<void> {
    await this.page.keyboard.down('Shift');
    await this.dragMap(150, 100);
    await this.page.keyboard.up('Shift');
    await this.settled();
  }

  async zoomByButton(times: number): Promise<void> {
    for (let time = 0; time < times; ++time) await this.page.getByRole('button', { name: 'Zooma in' }).click();
    await this.settled();
  }

  async showWholeCounty(): Promise<void> {
    await this.page.getByRole('button', { name: 'Visa hela länet' }).click();
    await this.settled();
  }

  async resizeWindow(size: typeof desktop): Promise<void> {
    await this.page.setViewportSize(size);
    await this.settled();
  }

  async dragMap(dx: number, dy: number): Promise<void> {
    const box = await this.#mapBox();
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

  /** As by a press on what takes no focus. */
  async leaveFocus(): Promise<void> {
    await this.page.evaluate(() => (document.activeElement as HTMLElement).blur());
  }

  /** What somebody else sends to the server meanwhile. */
  async sendElsewhere(path: string, body: object): Promise<void> {
    const status = await this.page.evaluate(
      async ([address, text]) =>
        (await fetch(address ?? '', { method: 'POST', body: text ?? '', headers: { 'content-type': 'application/json' } })).status,
      [path, JSON.stringify(body)],
    );
    if (status !== 200) throw new Error(`${path} gives ${status}`);
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

  /** Where the skip link to the panel leads. */
  async skipToPanel(): Promise<void> {
    await this.page.getByRole('link', { name: 'Hoppa till panelen' }).press('Enter');
  }

  async hasFocusIn(part: 'the map' | 'the card' | 'the filters in use'): Promise<boolean> {
    const selector = { 'the map': '#map', 'the card': '#card', 'the filters in use': '.filter-summary' }[part];
    return this.page.evaluate((inside) => document.activeElement?.closest(inside) !== null, selector);
  }

  async openLegend(): Promise<void> {
    await this.page.getByRole('button', { name: 'Visa teckenförklaring' }).click();
  }

  /** Opens all that can be unfolded. */
  async openDetails(): Promise<void> {
    await this.page.evaluate(() => document.querySelectorAll('details').forEach((details) => (details.open = true)));
  }

  async tryAgain(): Promise<void> {
    await this.page.getByRole('button', { name: 'Försök igen' }).first().click();
  }

  /** What the map says about itself: who made it, and whether something is missing. */
  async mapNotes(): Promise<string> {
    return (await this.page.locator('.map-note, .map-trouble').allInnerTexts()).join('\n');
  }

  /** Steps that the browser can go back. */
  async historyLength(): Promise<number> {
    return this.page.evaluate(() => history.length);
  }

  /** Addresses asked for from now on, by a part of their path. */
  countRequests(part: string): () => number {
    let count = 0;
    this.page.on('request', (request) => {
      if (request.url().includes(part)) count += 1;
    });
    return () => count;
  }

  /** How much lower than its own content the window is, and the height of the map in it. */
  async heights(): Promise<{ scrolls: number; map: number }> {
    const map = (await this.#mapBox()).height;
    return { map, scrolls: await this.page.evaluate(() => document.documentElement.scrollHeight - innerHeight) };
  }

  async legendBox(): Promise<{ x: number; width: number }> {
    const box = await this.page.locator('.legend').boundingBox();
    if (box === null) throw new Error('there is no legend');
    return box;
  }

  /** What is said to be wrong, wherever it is said. */
  async alerts(): Promise<string[]> {
    return this.page.getByRole('alert').allInnerTexts();
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
      const scrolls = (part: Element) => part.parentElement?.closest('.scrolls, pre') !== null;
      const furthest = Math.max(...[...parts].filter((part) => !scrolls(part)).map((part) => part.getBoundingClientRect().right));
      return Math.max(0, Math.ceil(Math.max(document.documentElement.scrollWidth, furthest) - window.innerWidth));
    });
  }

  /** Pairs of texts and controls over the map that lie on one another. */
  async overlaps(): Promise<string[]> {
    return this.page.evaluate(() => {
      const parts = ['.legend', '.map-buttons', '.map-note', '.map-trouble', '.maplibregl-ctrl-scale', '.card', '.timeline', '.filter-summary'];
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

  /** A field of the panel by the first words of its label. */
  #field(name: string): Locator {
    const label = this.page.locator('#panel label').filter({ has: this.page.locator(`xpath=./span[normalize-space()="${name}"]`) });
    return label.locator('input, select');
  }

  async #mapBox(): Promise<{ x: number; y: number; width: number; height: number }> {
    const box = await this.page.locator('.map-canvas').boundingBox();
    if (box === null) throw new Error('there is no map');
    return box;
  }

  /** Web Mercator, tiles of 512 pixels. */
  async #pixelOf(place: { lng: number; lat: number }): Promise<{ x: number; y: number }> {
    const [zoom = 0, lat = 0, lng = 0] = (/map=([^&]*)/.exec(this.address())?.[1] ?? '').split('/').map(Number);
    const box = await this.#mapBox();
    const size = 512 * 2 ** zoom;
    const north = (degrees: number) => Math.log(Math.tan(Math.PI / 4 + (degrees * Math.PI) / 360)) / (2 * Math.PI);
    return {
      x: box.x + box.width / 2 + ((place.lng - lng) / 360) * size,
      y: box.y + box.height / 2 - (north(place.lat) - north(lat)) * size,
    };
  }

  async #ask<T>(path: string, isFiltered = true): Promise<T> {
    const f = new URL(this.page.url()).searchParams.get('f');
    const address = new URL(path, serverAddress);
    if (f !== null && isFiltered) address.searchParams.set('f', f);
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
