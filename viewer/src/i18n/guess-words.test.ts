import { expect, test } from 'vitest';
import { guessWords } from './guess-words';
import { messages } from './messages';

test('what is guessed is said as the fields say it, and columns as they are called', () => {
  const inSwedish = (key: string, value: string) => guessWords(key, value, messages.sv, (code) => (code === 'unknown' ? 'Okänt' : code));
  expect(inSwedish('kind.codes', 'true')).toBe('ja');
  expect(inSwedish('time.style', 'day_first')).toBe('31/1 2025 (dag först)');
  expect(inSwedish('time.resolution', 'hour')).toBe('timme');
  expect(inSwedish('position.precision', 'street')).toBe('gata');
  expect(inSwedish('kind.fixed', 'unknown')).toBe('Okänt');
  expect(inSwedish('time.from', 'true')).toBe('true');
});
