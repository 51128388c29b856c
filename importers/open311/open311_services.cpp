#include "importers/open311/open311_services.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>
#include <toml++/toml.h>

#include "geo_core/area.hpp"
#include "geo_core/profile.hpp"
#include "geo_core/read_file.hpp"
#include "importers/word_beginnings.hpp"

namespace riskbild::importers {
namespace {

constexpr char const* kFile = "open311_services.toml";

std::vector<std::string> lower_texts(toml::node_view<toml::node> list)
{
    std::vector<std::string> texts;
    if (auto const* items = list.as_array())
        for (auto const& item : *items)
            if (auto const text = item.value<std::string>())
                texts.push_back(lower_case(*text));
    return texts;
}

}  // namespace

Result<Open311Services> Open311Services::from_toml(std::string_view text, std::string_view file_name)
{
    auto const wrong = [&](std::string const& what) {
        return fail(ErrorCode::unreadable, fmt::format("{}: {}", file_name, what));
    };
    toml::table table;
    try {
        table = toml::parse(text);
    } catch (toml::parse_error const& error) {
        return wrong(fmt::format("line {}: {}", error.source().begin.line, error.description()));
    }
    Open311Services services;
    if (auto const* codes = table["codes"].as_table())
        for (auto const& [code, kind] : *codes) {
            auto const name = kind.value<std::string>();
            if (!name)
                return wrong(fmt::format("the kind of the code \"{}\" is no text", code.str()));
            services.codes_.emplace(lower_case(code.str()), *name);
        }
    if (auto* rules = table["rule"].as_array())
        for (auto& node : *rules) {
            toml::node_view<toml::node> rule{node};
            services.rules_.push_back({.kind = rule["kind"].value_or(std::string{}),
                                       .words = lower_texts(rule["words"]),
                                       .text_words = lower_texts(rule["text_words"])});
            if (services.rules_.back().kind.empty() || services.rules_.back().words.empty())
                return wrong("a [[rule]] lacks kind or words");
        }
    if (services.rules_.empty())
        return wrong("has no [[rule]]");
    services.duplicate_words_ = lower_texts(table["duplicates"]["words"]);
    return services;
}

Result<Open311Services> Open311Services::load()
{
    auto const path = data_directory() / "kinds" / kFile;
    auto const text = read_file(path);
    if (!text)
        return fail(ErrorCode::not_found, fmt::format("there is no file \"{}\"", path.string()));
    return from_toml(*text, kFile);
}

Open311Services::Answer Open311Services::classify(Open311Request const& request) const
{
    Answer answer{.is_duplicate = has_any_word(lower_case(request.status_notes), duplicate_words_)};
    auto const found = [&](std::string const& kind, bool by_text) {
        answer.kind = kind;
        answer.known = true;
        answer.by_text = by_text;
        return answer;
    };
    if (auto const code = codes_.find(lower_case(request.service_code)); code != codes_.end())
        return found(code->second, false);
    auto const service = lower_case(request.service_name + " " + request.service_code);
    for (auto const& rule : rules_)
        if (has_any_word(service, rule.words))
            return found(rule.kind, false);
    auto const text = lower_case(request.description);
    for (auto const& rule : rules_)
        if (has_any_word(text, rule.text_words))
            return found(rule.kind, true);
    return answer;
}

std::vector<std::string> Open311Services::kinds() const
{
    std::set<std::string> all{"unknown"};
    for (auto const& [code, kind] : codes_)
        all.insert(kind);
    for (auto const& rule : rules_)
        all.insert(rule.kind);
    return {all.begin(), all.end()};
}

}  // namespace riskbild::importers
