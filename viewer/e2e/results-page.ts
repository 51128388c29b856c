import type { Locator, Page } from 'playwright-core';

/** Analyses, their options and results, and why a place has its value, as a person meets them. */
export class ResultsPage {
  constructor(
    private readonly page: Page,
    private readonly settled: () => Promise<void>,
  ) {}

  /** Titles in the list of analyses. */
  async analyses(heading: 'Analyser' | 'Analyses' = 'Analyser'): Promise<string[]> {
    const list = this.page.getByRole('group', { name: heading, exact: true });
    return list.locator('label:has(> input[name="surface"]) > span').evaluateAll((titles) =>
      titles.map((title) => title.firstChild?.textContent?.trim() ?? ''),
    );
  }

  async chooseAnalysis(title: string): Promise<void> {
    const titles = await this.analyses();
    await this.page.getByRole('group', { name: 'Analyser', exact: true }).getByRole('radio').nth(titles.indexOf(title)).check();
    await this.settled();
  }

  async openOptions(): Promise<void> {
    const details = this.page.locator('.option details, details.option');
    await details.evaluate((element) => ((element as HTMLDetailsElement).open = true));
  }

  /** Keys of the options that the form has. */
  async optionKeys(): Promise<string[]> {
    const keys = await this.page
      .locator('.option-field')
      .evaluateAll((fields) => fields.map((field) => field.querySelector('select, input')?.getAttribute('name')?.replace(/-value$/, '') ?? ''));
    return keys;
  }

  /** Writes as somebody does who then goes on to something else. */
  async writeOption(key: string, text: string): Promise<void> {
    await this.#typed(key).fill(text);
    await this.#typed(key).blur();
    await this.settled();
  }

  /** Types and waits: nobody leaves the field. */
  async typeOption(key: string, text: string): Promise<void> {
    await this.#typed(key).fill(text);
    await this.page.waitForTimeout(350);
    await this.settled();
  }

  async chooseOption(key: string, value: string): Promise<void> {
    await this.page.locator(`.option-field select[name="${key}"]`).selectOption(value);
    await this.settled();
  }

  async option(key: string): Promise<string> {
    const typed = this.#typed(key);
    return (await typed.count()) > 0 ? typed.inputValue() : this.page.locator(`.option-field select[name="${key}"]`).inputValue();
  }

  /** What is said against the value of an option, or nothing. */
  async troubleOf(key: string): Promise<string | null> {
    const field = this.page.locator('.option-field').filter({ has: this.page.locator(`[name="${key}"], [name="${key}-value"]`) });
    const wrong = field.locator('.wrong');
    return (await wrong.count()) === 0 ? null : wrong.innerText();
  }

  async resetOptions(): Promise<void> {
    await this.page.locator('.options .reset').click();
    await this.settled();
  }

  async showResults(): Promise<void> {
    await this.page.getByRole('button', { name: 'Visa resultatet' }).click();
    await this.settled();
  }

  async mayShowResults(): Promise<boolean> {
    return (await this.page.locator('#tab-results').count()) > 0;
  }

  /** The numbers about the whole, by their names. */
  async facts(): Promise<Record<string, string>> {
    return definitions(this.page.locator('.result-body > .figures'));
  }

  async titles(): Promise<string[]> {
    return this.page.locator('.result-table > h3').allInnerTexts();
  }

  async heads(table: string): Promise<string[]> {
    return this.#table(table).locator('thead th button').allInnerTexts();
  }

  async rows(table: string): Promise<string[][]> {
    return this.#table(table).locator('tbody tr').evaluateAll((rows) =>
      rows.map((row) => [...row.querySelectorAll('th, td')].map((cell) => cell.textContent?.trim() ?? '')),
    );
  }

  async sortBy(table: string, column: string): Promise<void> {
    await this.#table(table).locator('thead').getByRole('button', { name: new RegExp(`^${column}`) }).click();
  }

  async sortedBy(table: string): Promise<string | null> {
    const head = this.#table(table).locator('th[aria-sort]');
    return (await head.count()) === 0 ? null : `${await head.locator('button').innerText()} ${await head.getAttribute('aria-sort')}`;
  }

  async showMoreRows(): Promise<void> {
    await this.page.getByRole('button', { name: 'Visa fler rader' }).click();
  }

  /** What is said of how many rows there are. */
  async countInWords(table: string): Promise<string> {
    return this.#section(table).locator('> p.quiet, > details > p.quiet').first().innerText();
  }

  /** As by a click anywhere in the row. */
  async clickRow(table: string, row: number): Promise<void> {
    const cell = this.#table(table).locator('tbody tr').nth(row).locator('td').first();
    await cell.evaluate((element) => element.scrollIntoView({ block: 'center' }));
    const box = await cell.boundingBox();
    if (box === null) throw new Error(`row ${row} is not in sight`);
    await this.page.mouse.click(box.x + 3, box.y + box.height / 2);
    await this.settled();
  }

  async enterRow(table: string, row: number): Promise<void> {
    await this.#table(table).locator('tbody tr').nth(row).getByRole('button').press('Enter');
    await this.settled();
  }

  /** The row that is pointed out, from 0, or nothing. */
  async chosenRow(table: string): Promise<number | null> {
    const at = await this.#table(table).locator('tbody tr').evaluateAll((rows) => rows.findIndex((row) => row.getAttribute('aria-current') === 'true'));
    return at === -1 ? null : at;
  }

  /** The cells of the table that stands across, shaded or not. */
  async matrix(): Promise<{ text: string; shaded: boolean }[][]> {
    return this.page.locator('table.cross tbody tr').evaluateAll((rows) =>
      rows.map((row) =>
        [...row.querySelectorAll('td')].map((cell) => ({
          text: cell.textContent?.replace(/\s+/g, ' ').trim() ?? '',
          shaded: cell.classList.contains('significant'),
        })),
      ),
    );
  }

  async openAllFigures(): Promise<void> {
    await this.page.getByText('Alla tal som tabell').first().click();
  }

  /** The picture of a week: its name, how many hours it has, and what is said of it. */
  async week(): Promise<{ name: string; hours: number; words: string }> {
    const week = this.page.locator('figure.week');
    return {
      name: (await week.locator('svg').getAttribute('aria-label')) ?? '',
      hours: await week.locator('rect').count(),
      words: await week.locator('figcaption').innerText(),
    };
  }

  async command(table: string): Promise<string> {
    return (await this.#section(table).locator('pre.command').textContent()) ?? '';
  }

  /** What is said on the map of a computation, or nothing. */
  async computation(): Promise<string | null> {
    const shown = this.page.locator('.map-run .run');
    return (await shown.count()) === 0 ? null : shown.innerText();
  }

  /** What is said aloud of it. */
  async computationAloud(): Promise<string> {
    return (await this.page.locator('.map-run [role="status"]').textContent()) ?? '';
  }

  async computationSays(text: string | RegExp): Promise<void> {
    await this.page.locator('.map-run').getByText(text).first().waitFor();
  }

  async pressOnComputation(name: string): Promise<void> {
    await this.page.locator('.map-run').getByRole('button', { name }).click();
  }

  /** The text of the card that says why, or nothing where none is open. */
  async why(): Promise<string | null> {
    const card = this.page.locator('#why');
    return (await card.count()) === 0 ? null : card.innerText();
  }

  async whyFacts(): Promise<Record<string, string>> {
    return definitions(this.page.locator('#why .figures'));
  }

  async variants(): Promise<string[]> {
    const rows = await this.page.locator('#why .variants tbody tr').allInnerTexts();
    return rows.map((row) => row.replace(/\s+/g, ' ').trim());
  }

  async incidentsBehind(): Promise<string[]> {
    return this.page.locator('#why .incidents button.row').evaluateAll((rows) => rows.map((row) => row.getAttribute('data-incident') ?? ''));
  }

  async openIncidentBehind(row: number): Promise<void> {
    await this.page.locator('#why .incidents button.row').nth(row).click();
    await this.page.locator('#card .voice').first().waitFor();
    await this.settled();
  }

  async beginPointing(): Promise<void> {
    await this.page.locator('.legend').getByRole('button', { name: 'Varför här?' }).click();
  }

  async isPointing(): Promise<boolean> {
    return (await this.page.locator('.legend [aria-pressed="true"]').count()) > 0;
  }

  async askAtCentre(): Promise<void> {
    await this.page.getByRole('button', { name: 'Varför i kartans mitt?' }).press('Enter');
    await this.settled();
  }

  #typed(key: string): Locator {
    return this.page.locator(`.option-field input[name="${key}-value"]`);
  }

  #table(key: string): Locator {
    return this.page.locator(`table.result[data-table="${key}"]`);
  }

  #section(key: string): Locator {
    return this.page.locator('.result-table').filter({ has: this.#table(key) });
  }
}

async function definitions(list: Locator): Promise<Record<string, string>> {
  const names = await list.locator('dt').allInnerTexts();
  const values = await list.locator('dd').allInnerTexts();
  return Object.fromEntries(names.map((name, at) => [name, values[at]?.trim() ?? '']));
}
