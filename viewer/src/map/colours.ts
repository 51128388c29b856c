/**
 * Colours of what the viewer draws itself. Colours of data classes come with their legend from the
 * server. Chosen to be told apart with every kind of colour vision (dark outline, light halo).
 */
export const colours = {
  land: '#f6f4ef',
  water: '#c3d7e6',
  border: '#7d8590',
  label: '#33404d',
  halo: '#ffffff',
  mark: '#16324a',
  markLight: '#ffffff',
  cell: '#8fb3d3',
  repeat: '#a3195b',
  place: '#0b5a8a',
} as const;

/** Fonts of the browser, by family. */
export const labelFont = ['system-ui', 'DejaVu Sans', 'sans-serif'];
