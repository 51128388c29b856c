import { inflateSync } from 'node:zlib';

export type Colour = readonly [red: number, green: number, blue: number];

/** A screenshot that can be asked for its pixels: PNG as browsers write it (8 bits, RGB or RGBA, not interlaced). */
export class Picture {
  readonly width: number;
  readonly height: number;
  readonly #channels: number;
  readonly #bytes: Uint8Array;

  constructor(png: Buffer) {
    this.width = png.readUInt32BE(16);
    this.height = png.readUInt32BE(20);
    const [depth, kind, , , interlaced] = png.subarray(24, 29);
    if (depth !== 8 || (kind !== 2 && kind !== 6) || interlaced !== 0) throw new Error('not a PNG as browsers write it');
    this.#channels = kind === 6 ? 4 : 3;
    this.#bytes = unfiltered(inflateSync(imageData(png)), this.width * this.#channels, this.#channels);
  }

  /** How many pixels are within `tolerance` of the colour in every channel. */
  count(colour: Colour, tolerance: number): number {
    let found = 0;
    for (let at = 0; at < this.#bytes.length; at += this.#channels) {
      if (colour.every((value, channel) => Math.abs((this.#bytes[at + channel] ?? 0) - value) <= tolerance)) found += 1;
    }
    return found;
  }

  /** The column of the first pixel, at or right of another column, that is within `tolerance` of the colour. */
  firstColumn(colour: Colour, tolerance: number, from = 0): number {
    for (let x = from; x < this.width; ++x) {
      for (let y = 0; y < this.height; ++y) {
        const at = (y * this.width + x) * this.#channels;
        if (colour.every((value, channel) => Math.abs((this.#bytes[at + channel] ?? 0) - value) <= tolerance)) return x;
      }
    }
    return this.width;
  }

  /** How many pixels differ from another picture of the same size. */
  difference(other: Picture): number {
    if (other.width !== this.width || other.height !== this.height) throw new Error('pictures of different sizes');
    let found = 0;
    for (let pixel = 0; pixel < this.width * this.height; ++pixel) {
      const same = [0, 1, 2].every(
        (channel) =>
          Math.abs(
            (this.#bytes[pixel * this.#channels + channel] ?? 0) - (other.#bytes[pixel * other.#channels + channel] ?? 0),
          ) <= 8,
      );
      if (!same) found += 1;
    }
    return found;
  }
}

/** `#rrggbb`, laid over another colour with an opacity. */
export function laidOver(colour: string, opacity: number, below: Colour): Colour {
  const [red, green, blue] = rgb(colour).map((value, channel) =>
    Math.round(value * opacity + (below[channel] ?? 0) * (1 - opacity)),
  );
  return [red ?? 0, green ?? 0, blue ?? 0];
}

export function rgb(colour: string): Colour {
  const value = Number.parseInt(colour.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

function imageData(png: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at);
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') parts.push(png.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }
  return Buffer.concat(parts);
}

/** Undoes the filters of PNG, section 9. */
function unfiltered(data: Buffer, stride: number, step: number): Uint8Array {
  const rows = data.length / (stride + 1);
  const out = new Uint8Array(stride * rows);
  for (let row = 0; row < rows; ++row) {
    const filter = data[row * (stride + 1)];
    for (let i = 0; i < stride; ++i) {
      const raw = data[row * (stride + 1) + 1 + i] ?? 0;
      const left = i >= step ? (out[row * stride + i - step] ?? 0) : 0;
      const up = row > 0 ? (out[(row - 1) * stride + i] ?? 0) : 0;
      const corner = i >= step && row > 0 ? (out[(row - 1) * stride + i - step] ?? 0) : 0;
      const guess =
        filter === 1 ? left : filter === 2 ? up : filter === 3 ? (left + up) >> 1 : filter === 4 ? paeth(left, up, corner) : 0;
      out[row * stride + i] = raw + guess;
    }
  }
  return out;
}

function paeth(left: number, up: number, corner: number): number {
  const estimate = left + up - corner;
  const [a, b, c] = [Math.abs(estimate - left), Math.abs(estimate - up), Math.abs(estimate - corner)];
  return a <= b && a <= c ? left : b <= c ? up : corner;
}
