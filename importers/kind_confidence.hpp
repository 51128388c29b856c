#pragma once

namespace riskbild::importers {

/// How sure a report's kind is, in percent. Stated, not measured: what a source calls a thing is seldom
/// wrong, a code of an offence least of all; a word of free text may be about something else.
inline constexpr int kByCodeConfidence = 95;
inline constexpr int kByTypeConfidence = 90;
inline constexpr int kByTextConfidence = 70;
inline constexpr int kUnknownConfidence = 0;

}  // namespace riskbild::importers
