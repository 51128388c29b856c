#pragma once

#include <set>
#include <string>
#include <vector>

#include "geo_core/snapshot.hpp"
#include "importers/points/profile_suggestion.hpp"
#include "importers/points/table_sample.hpp"
#include "importers/police/police_types.hpp"

namespace riskbild::importers {

/// What the guesses about one role after the other have come to. Each function below adds its own.
struct SuggestionDraft {
    TableSample const& sample;
    std::vector<ColumnFacts> const& facts;
    County const& county;
    ProfileSuggestion& made;
    std::set<std::string> taken{};  ///< columns that have a role
    std::string file_words{};       ///< the file's name in lower case
    std::string kind_column{};      ///< that a person says holds the kinds, or empty

    void guess(std::string key, std::string value, Confidence confidence, std::string reason);
    /// The same for a column, which is then taken.
    void take(std::string key, std::string const& column, Confidence confidence, std::string reason);
};

void suggest_time(SuggestionDraft& draft);
void suggest_position(SuggestionDraft& draft);
void suggest_kind(SuggestionDraft& draft, PoliceTypes const& types);
void suggest_id(SuggestionDraft& draft);
void suggest_words(SuggestionDraft& draft);
/// After the time: what has none may be of another source.
void suggest_source(SuggestionDraft& draft);

}  // namespace riskbild::importers
