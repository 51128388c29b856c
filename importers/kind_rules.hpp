#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "geo_core/result.hpp"

namespace riskbild::importers {

/// Which of our kinds the things are that a source without kinds of its own tells of: by the codes and words
/// of a table in data/kinds, such as `open311_services.toml`.
///
///     [codes]                        exact words of the source, before the rules
///     "police_activity" = "police_work.operation"
///     [[rule]]                       the first that fits
///     kind = "damage.graffiti"
///     words = ["klotter"]            beginnings of words in what the source calls it
///     text_words = ["klotter"]       and in its free text
///     [context]
///     words = ["duplicate"]          makes it context, never counted
class KindRules {
public:
    struct Answer {
        std::string kind = "unknown";
        bool known = false;    ///< whether a code or rule fits
        bool by_text = false;  ///< told by the free text alone
        std::string rule{};    ///< what told it, for people: `code police_activity`, `word klotter`
        int confidence = 0;    ///< percent, \see kind_confidence.hpp
    };

    /// \return ErrorCode::unreadable naming `file_name`, line or key.
    static Result<KindRules> from_toml(std::string_view toml, std::string_view file_name);
    /// A file of `data/kinds`. \return ErrorCode::not_found where it is missing.
    static Result<KindRules> load(std::string const& file_name);

    /// \param code exact \param name what the source calls it \param text free text
    [[nodiscard]] Answer classify(std::string_view code, std::string_view name, std::string_view text) const;
    /// Whether it is context by its own words.
    [[nodiscard]] bool is_context(std::string_view words) const;
    /// Every kind that it can answer with, in order.
    [[nodiscard]] std::vector<std::string> kinds() const;

private:
    struct Rule {
        std::string kind;
        std::vector<std::string> words, text_words;
    };
    std::map<std::string, std::string, std::less<>> codes_;
    std::vector<Rule> rules_;
    std::vector<std::string> context_words_;
};

}  // namespace riskbild::importers
