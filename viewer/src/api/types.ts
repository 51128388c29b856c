import type { components } from './schema';

/** The API's own types, under short names. */
type Schemas = components['schemas'];

export type County = Schemas['County'];
export type Kind = Schemas['Kind'];
export type Source = Schemas['Source'];
export type Area = Schemas['Area'];
export type LayerName = Schemas['LayerName'];
export type LayerInfo = Schemas['LayerInfo'];
export type LeftOutReason = Schemas['LeftOutReason'];
export type Legend = Schemas['Legend'];
export type TileJson = Schemas['TileJson'];
export type Timeline = Schemas['Timeline'];
export type Rates = Schemas['Rates'];
export type RepeatLocations = Schemas['RepeatLocations'];
export type RepeatLocation = Schemas['RepeatLocation'];
export type IncidentRow = Schemas['IncidentRow'];
export type IncidentPage = Schemas['IncidentPage'];
export type IncidentDetails = Schemas['IncidentDetails'];
export type Voice = Schemas['Voice'];
export type SetAsidePage = Schemas['SetAsidePage'];
export type SetAsideRow = Schemas['SetAsideRow'];
export type DeskRow = Schemas['DeskRow'];
export type RetryReport = Schemas['RetryReport'];
export type Quality = Schemas['Quality'];
export type SourceQuality = Schemas['SourceQuality'];
export type Import = Schemas['Import'];
export type LinkScore = Schemas['LinkScore'];
export type LinkVerdict = Schemas['LinkVerdict'];
export type LinkVerdicts = Schemas['LinkVerdicts'];
export type LinkComparison = Schemas['LinkComparison'];
export type LinkReview = Schemas['LinkReview'];
export type { Schemas };
