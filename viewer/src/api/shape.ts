import { shapes } from './shapes';
import type { Schemas } from './types';

/** The part of JSON Schema that docs/api/openapi.yaml uses. */
interface Shape {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly additionalProperties?: Shape | boolean;
  readonly items?: Shape;
  readonly minItems?: number;
  readonly maxItems?: number;
}

/**
 * An answer of the server, as its contract says it is. This is the edge where it is parsed; inside,
 * its type is trusted.
 * @throws {ShapeError} naming the first place that does not fit.
 */
export function fromJson<Name extends keyof Schemas>(name: Name, json: unknown): Schemas[Name] {
  const fault = faultIn(json, shapes[name] as Shape, name);
  if (fault !== null) throw new ShapeError(fault);
  return json as Schemas[Name];
}

export class ShapeError extends Error {}

function faultIn(value: unknown, shape: Shape, path: string): string | null {
  if (shape.$ref !== undefined) {
    const name = shape.$ref.slice(shape.$ref.lastIndexOf('/') + 1) as keyof typeof shapes;
    return faultIn(value, shapes[name] as Shape, path);
  }
  if (shape.const !== undefined && value !== shape.const) return `${path} is not ${String(shape.const)}`;
  if (shape.enum !== undefined && !shape.enum.includes(value)) {
    return `${path} is ${JSON.stringify(value)}, not one of ${shape.enum.join(', ')}`;
  }
  if (Array.isArray(shape.type)) {
    const faults = shape.type.map((type: string) => faultIn(value, { ...shape, type }, path));
    return faults.some((fault) => fault === null) ? null : `${path} is none of ${shape.type.join(', ')}`;
  }
  switch (shape.type) {
    case 'null':
      return value === null ? null : `${path} is not null`;
    case 'string':
      return typeof value === 'string' ? null : `${path} is not a text`;
    case 'boolean':
      return typeof value === 'boolean' ? null : `${path} is not true or false`;
    case 'integer':
      return Number.isSafeInteger(value) ? null : `${path} is not a whole number`;
    case 'number':
      return typeof value === 'number' && Number.isFinite(value) ? null : `${path} is not a number`;
    case 'array':
      return faultInArray(value, shape, path);
    case 'object':
      return faultInObject(value, shape, path);
    default:
      return null;
  }
}

function faultInArray(value: unknown, shape: Shape, path: string): string | null {
  if (!Array.isArray(value)) return `${path} is not a list`;
  if (value.length < (shape.minItems ?? 0) || value.length > (shape.maxItems ?? Infinity)) {
    return `${path} has ${value.length} entries`;
  }
  if (shape.items === undefined) return null;
  for (const [index, item] of value.entries()) {
    const fault = faultIn(item, shape.items, `${path}[${index}]`);
    if (fault !== null) return fault;
  }
  return null;
}

function faultInObject(value: unknown, shape: Shape, path: string): string | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return `${path} is not an object`;
  const object = value as Record<string, unknown>;
  for (const key of shape.required ?? []) {
    if (!(key in object)) return `${path}.${key} is missing`;
  }
  for (const [key, item] of Object.entries(object)) {
    const rest = typeof shape.additionalProperties === 'object' ? shape.additionalProperties : undefined;
    const itemShape = shape.properties?.[key] ?? rest;
    const fault = itemShape === undefined ? null : faultIn(item, itemShape, `${path}.${key}`);
    if (fault !== null) return fault;
  }
  return null;
}
