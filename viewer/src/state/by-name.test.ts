import { expect, test } from 'vitest';
import { cleanName } from './by-name';

test('a name is one line that the server takes', () => {
  expect(cleanName('  Eva Ek ')).toBe('Eva Ek');
  expect(cleanName('Eva\nEk\u0000')).toBe('Eva Ek');
  expect(new TextEncoder().encode(cleanName('å'.repeat(80))).length).toBe(100);
});
