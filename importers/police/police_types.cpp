#include "importers/police/police_types.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "geo_core/area.hpp"
#include "geo_core/kinds.hpp"
#include "geo_core/profile.hpp"
#include "geo_core/text.hpp"
#include "geo_core/toml_text.hpp"
#include "importers/kind_confidence.hpp"
#include "importers/lower_texts.hpp"
#include "importers/word_beginnings.hpp"

namespace riskbild::importers {

Result<PoliceTypes> PoliceTypes::from_toml(std::string_view text, std::string_view file_name)
{
    auto const wrong = [&](std::string const& what) {
        return fail(ErrorCode::unreadable, fmt::format("{}: {}", file_name, what));
    };
    auto parsed = parse_toml(text, file_name);
    if (!parsed)
        return Failure{parsed.error()};
    auto& table = *parsed;
    PoliceTypes types;
    auto const* kinds = table["kind_of_type"].as_table();
    if (kinds == nullptr || kinds->empty())
        return wrong("the table [kind_of_type] is missing or empty");
    for (auto const& [type, kind] : *kinds) {
        auto const code = kind.value<std::string>();
        if (!code)
            return wrong(fmt::format("the kind of \"{}\" is no text", type.str()));
        types.kind_of_.emplace(lower_case(type.str()), *code);
    }
    types.context_ = lower_texts(table["context"]["types_beginning"]);
    for (auto const& type : lower_texts(table["patrol_discovered"]["types"]))
        types.patrol_discovered_.insert(type);
    if (auto* rules = table["text_rule"].as_array()) {
        for (auto& node : *rules) {
            toml::node_view<toml::node> rule{node};
            types.text_rules_.push_back({.within = rule["within"].value_or(std::string{}),
                                         .kind = rule["kind"].value_or(std::string{}),
                                         .words = lower_texts(rule["words"])});
            auto const& read = types.text_rules_.back();
            if (read.within.empty() || read.kind.empty() || read.words.empty())
                return wrong("a [[text_rule]] lacks within, kind or words");
        }
    }
    return types;
}

Result<PoliceTypes> PoliceTypes::load()
{
    auto const text = read_data_file("kinds/police_types.toml");
    if (!text)
        return Failure{text.error()};
    return from_toml(*text, "police_types.toml");
}

PoliceTypes::Answer PoliceTypes::classify(std::string_view type, std::string_view text) const
{
    auto const name = lower_case(type);
    Answer answer;
    answer.is_context = std::any_of(context_.begin(), context_.end(),
                                    [&](auto const& beginning) { return name.starts_with(beginning); });
    answer.patrol_discovered = patrol_discovered_.contains(name);
    if (auto const found = kind_of_.find(name); found != kind_of_.end()) {
        answer.kind = found->second;
        answer.known = true;
        answer.rule = fmt::format("type {}", trimmed(type));
        answer.confidence = kByTypeConfidence;
    }
    auto const words = lower_case(text);
    for (auto const& rule : text_rules_) {
        if (!is_within(answer.kind, rule.within))
            continue;
        auto const told = std::find_if(rule.words.begin(), rule.words.end(),
                                       [&](auto const& word) { return has_word_beginning(words, word); });
        if (told == rule.words.end())
            continue;
        answer.kind = rule.kind;
        answer.by_text = true;
        answer.rule += fmt::format("{}word {}", answer.rule.empty() ? "" : ", ", *told);
        answer.confidence = kByTextConfidence;
        break;
    }
    return answer;
}

std::vector<std::string> PoliceTypes::kinds() const
{
    std::set<std::string> all{"unknown"};
    for (auto const& [type, kind] : kind_of_)
        all.insert(kind);
    for (auto const& rule : text_rules_)
        all.insert(rule.kind);
    return {all.begin(), all.end()};
}

}  // namespace riskbild::importers
