#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "geo_core/result.hpp"

namespace riskbild::importers {

/// What the police call things, and which of our kinds each is: `data/kinds/police_types.toml`.
/// Types are compared without regard to case.
class PoliceTypes {
public:
    struct Answer {
        std::string kind = "unknown";
        bool is_context = false;         ///< a digest of several events, not one of its own
        bool patrol_discovered = false;  ///< the police found it themselves; the type says so
        bool known = false;              ///< whether the type is in the table
        bool by_text = false;            ///< a finer kind than the type's, told by words of the text
        std::string rule{};              ///< what told it: `type Stöld, word snatteri`
        int confidence = 0;              ///< percent
    };

    /// \return ErrorCode::unreadable naming `file_name`, line or key.
    static Result<PoliceTypes> from_toml(std::string_view toml, std::string_view file_name);
    /// From the data directory. \return ErrorCode::not_found where the file is missing.
    static Result<PoliceTypes> load();

    /// \param text title and summary, where a word may tell more than the type (`klotter`)
    [[nodiscard]] Answer classify(std::string_view type, std::string_view text) const;

    /// The table itself: type in lower case, kind.
    [[nodiscard]] std::map<std::string, std::string, std::less<>> const& kind_of_type() const
    {
        return kind_of_;
    }

    /// Every kind that the table can answer with, in order.
    [[nodiscard]] std::vector<std::string> kinds() const;

private:
    struct TextRule {
        std::string within;  ///< kind that the type must have given (or one below it)
        std::string kind;
        std::vector<std::string> words;  ///< beginnings of words, lower case
    };

    std::map<std::string, std::string, std::less<>> kind_of_;  // type in lower case → kind
    std::vector<std::string> context_;                         // beginnings of types, lower case
    std::set<std::string, std::less<>> patrol_discovered_;
    std::vector<TextRule> text_rules_;
};

}  // namespace riskbild::importers
