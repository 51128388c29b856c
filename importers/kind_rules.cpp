#include "importers/kind_rules.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "geo_core/area.hpp"
#include "geo_core/profile.hpp"
#include "geo_core/toml_text.hpp"
#include "importers/kind_confidence.hpp"
#include "importers/lower_texts.hpp"
#include "importers/word_beginnings.hpp"

namespace riskbild::importers {

Result<KindRules> KindRules::from_toml(std::string_view text, std::string_view file_name)
{
    auto const wrong = [&](std::string const& what) {
        return fail(ErrorCode::unreadable, fmt::format("{}: {}", file_name, what));
    };
    auto parsed = parse_toml(text, file_name);
    if (!parsed)
        return Failure{parsed.error()};
    auto& table = *parsed;
    KindRules made;
    if (auto const* codes = table["codes"].as_table())
        for (auto const& [code, kind] : *codes) {
            auto const name = kind.value<std::string>();
            if (!name)
                return wrong(fmt::format("the kind of the code \"{}\" is no text", code.str()));
            made.codes_.emplace(lower_case(code.str()), *name);
        }
    if (auto* rules = table["rule"].as_array())
        for (auto& node : *rules) {
            toml::node_view<toml::node> rule{node};
            made.rules_.push_back({.kind = rule["kind"].value_or(std::string{}),
                                   .words = lower_texts(rule["words"]),
                                   .text_words = lower_texts(rule["text_words"])});
            auto const& read = made.rules_.back();
            if (read.kind.empty() || (read.words.empty() && read.text_words.empty()))
                return wrong("a [[rule]] lacks kind, or both words and text_words");
        }
    if (made.rules_.empty())
        return wrong("has no [[rule]]");
    made.context_words_ = lower_texts(table["context"]["words"]);
    return made;
}

Result<KindRules> KindRules::load(std::string const& file_name)
{
    auto const text = read_data_file("kinds/" + file_name);
    if (!text)
        return Failure{text.error()};
    return from_toml(*text, file_name);
}

KindRules::Answer KindRules::classify(std::string_view code, std::string_view name,
                                      std::string_view text) const
{
    if (auto const found = codes_.find(lower_case(code)); found != codes_.end())
        return {.kind = found->second,
                .known = true,
                .rule = fmt::format("code {}", code),
                .confidence = kByCodeConfidence};
    auto const title = lower_case(name);
    for (auto const& rule : rules_)
        if (auto const* const word = first_word(title, rule.words))
            return {.kind = rule.kind,
                    .known = true,
                    .rule = fmt::format("word {} of its name", *word),
                    .confidence = kByTypeConfidence};
    auto const words = lower_case(text);
    for (auto const& rule : rules_)
        if (auto const* const word = first_word(words, rule.text_words))
            return {.kind = rule.kind,
                    .known = true,
                    .by_text = true,
                    .rule = fmt::format("word {}", *word),
                    .confidence = kByTextConfidence};
    return {};
}

bool KindRules::is_context(std::string_view words) const
{
    return has_any_word(lower_case(words), context_words_);
}

std::vector<std::string> KindRules::kinds() const
{
    std::set<std::string> all{"unknown"};
    for (auto const& [code, kind] : codes_)
        all.insert(kind);
    for (auto const& rule : rules_)
        all.insert(rule.kind);
    return {all.begin(), all.end()};
}

}  // namespace riskbild::importers
