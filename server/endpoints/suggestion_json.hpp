#pragma once

#include "importers/points/profile_suggestion.hpp"
#include "server/json_text.hpp"

namespace riskbild::server {

/// What a suggested column profile was found by: the fields columns, guesses, questions and preview.
void write_findings(JsonText& json, importers::ProfileSuggestion const& made);

}  // namespace riskbild::server
