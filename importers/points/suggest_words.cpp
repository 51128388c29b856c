#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "importers/points/suggest_roles.hpp"

namespace riskbild::importers {
namespace {

using Words = std::vector<std::string_view>;

// A free column that is filled at all, called by the first of the words that any is called by.
ColumnFacts const* called(SuggestionDraft const& draft, Words const& words, bool also_taken = false)
{
    for (auto const word : words)
        for (auto const& column : draft.facts)
            if (column.filled > 0 && (also_taken || !draft.taken.contains(column.name)) &&
                column.is_called({word}))
                return &column;
    return nullptr;
}

bool is_text(ColumnFacts const& column)
{
    return column.share(column.numbers) < 0.5 && column.share(column.dates()) < 0.5;
}

void suggest_place(SuggestionDraft& draft)
{
    auto& profile = draft.made.profile;
    auto const has_every_position = [&] {
        auto const& east = profile.lng.empty() ? profile.x : profile.lng;
        auto const column = std::ranges::find(draft.facts, east, &ColumnFacts::name);
        return profile.geometry || (column != draft.facts.end() && column->filled == column->rows);
    }();
    struct Role {
        std::string ColumnProfile::*column;
        char const* key;
        Words words;
    };
    for (auto const& [column, key, words] :
         {Role{&ColumnProfile::address, "position.address", {"adress", "address", "gatuadress", "block"}},
          Role{&ColumnProfile::stop, "position.stop", {"hållplats", "station", "stop"}},
          Role{&ColumnProfile::street, "position.street", {"gata", "street", "väg", "gatunamn"}},
          Role{&ColumnProfile::locality,
               "position.locality",
               {"ort", "postort", "stadsdel", "locality", "neighborhood", "neighbourhood", "tätort",
                "city"}}}) {
        auto const* const found = called(draft, words);
        auto const says_it_again = column == &ColumnProfile::street && !profile.place_text.empty();
        if (found == nullptr || !is_text(*found) || says_it_again)
            continue;
        profile.place_text.push_back(found->name);
        draft.taken.insert(found->name);
        if (!has_every_position) {
            profile.*column = found->name;
            draft.guess(key, found->name, Confidence::likely,
                        "called like a place in words; kept for looking it up");
        }
    }
    if (profile.place_text.empty())
        if (auto const* const place = called(draft, {"plats", "place", "location", "var"});
            place != nullptr && is_text(*place)) {
            profile.place_text.push_back(place->name);
            draft.taken.insert(place->name);
        }
    if (!profile.place_text.empty())
        draft.guess("words.place", fmt::format("{}", fmt::join(profile.place_text, ", ")), Confidence::likely,
                    "called like a place in words");
}

// One row of 200 may repeat another's, and of a short list three, where that is one row of 20.
bool is_nearly_unique(ColumnFacts const& column)
{
    auto const repeated = column.rows - column.distinct;
    return 200 * repeated <= column.rows || (repeated <= 3 && 20 * repeated <= column.rows);
}

bool has_number_for_kind(SuggestionDraft const& draft)
{
    auto const kind = std::ranges::find(draft.facts, draft.made.profile.kind_column, &ColumnFacts::name);
    return kind != draft.facts.end() && kind->share(kind->numbers) > 0.9;
}

void suggest_title(SuggestionDraft& draft)
{
    auto& profile = draft.made.profile;
    if (auto const* const title = called(draft, {"title", "titel", "rubrik", "namn", "name"});
        title != nullptr && is_text(*title)) {
        profile.title = {title->name};
        draft.take("words.title", title->name, Confidence::likely, "called like a title");
    } else if (auto const* const type =
                   called(draft, {"brottstyp", "typ", "type", "beskrivning", "description"});
               type != nullptr && is_text(*type) && has_number_for_kind(draft)) {
        profile.title = {type->name};
        draft.take("words.title", type->name, Confidence::likely,
                   "says in words what the kind's number means");
    } else if (!profile.kind_column.empty() && !profile.kind_is_code) {
        profile.title = {profile.kind_column};
        draft.guess("words.title", profile.kind_column, Confidence::likely,
                    "the source's own word for what happened");
    }
}

void suggest_text(SuggestionDraft& draft)
{
    auto& profile = draft.made.profile;
    ColumnFacts const* longest = nullptr;
    constexpr double kASentence = 25;
    for (auto const& column : draft.facts)
        if (!draft.taken.contains(column.name) && is_text(column) && column.links == 0 &&
            ((column.mean_length >= kASentence && column.share(column.sentences) > 0.5) ||
             (column.filled > 0 && column.is_called({"text", "fritext", "beskrivning", "description", "notes",
                                                     "anteckning", "kommentar", "comment", "summary"}))))
            if (longest == nullptr || column.mean_length > longest->mean_length)
                longest = &column;
    if (longest != nullptr) {
        profile.text = {longest->name};
        draft.take("words.text", longest->name, Confidence::likely,
                   fmt::format("texts of {} characters on average", static_cast<int>(longest->mean_length)));
    }
}

}  // namespace

void suggest_id(SuggestionDraft& draft)
{
    Words const names{"id",           "nr",     "nummer",       "number",    "case",
                      "uid",          "diarie", "diarienummer", "referens",  "reference",
                      "ärendenummer", "ärende", "löpnr",        "löpnummer", "incident no"};
    ColumnFacts const* best = nullptr;
    ColumnFacts const* repeats = nullptr;
    for (auto const& column : draft.facts) {
        if (draft.taken.contains(column.name) || column.filled < column.rows || column.rows == 0 ||
            !column.is_called(names) ||
            column.is_called({"objectid", "fid", "street", "zip", "house", "telefon"}))
            continue;
        if (!is_nearly_unique(column)) {
            if (repeats == nullptr || column.distinct > repeats->distinct)
                repeats = &column;
            continue;
        }
        if (best == nullptr || column.distinct > best->distinct)
            best = &column;
    }
    if (best == nullptr) {
        draft.made.questions.push_back(
            repeats == nullptr
                ? "id: no column names the rows; each is named by its content, so that a corrected row is "
                  "another row"
                : fmt::format(
                      "id: {} is called like a number of the rows, but repeats: {} of {} rows have one "
                      "that another has; each row is named by its content",
                      repeats->name, repeats->rows - repeats->distinct, repeats->rows));
        return;
    }
    draft.made.profile.id = {best->name};
    auto const twice = best->rows - best->distinct;
    draft.take("id", best->name, twice == 0 ? Confidence::certain : Confidence::likely,
               twice == 0 ? fmt::format("called like a number, and different in all {} rows", best->rows)
                          : fmt::format(
                                "called like a number; {} of {} rows repeat one and are set aside where they "
                                "say something else",
                                twice, best->rows));
}

void suggest_words(SuggestionDraft& draft)
{
    auto& profile = draft.made.profile;
    for (auto const& column : draft.facts)
        if (profile.link.empty() && column.filled > 0 && column.share(column.links) >= 0.9) {
            profile.link = column.name;
            draft.take("words.link", column.name, Confidence::certain, "its values are addresses of the web");
        }
    constexpr bool kAlsoTheId = true;
    if (auto const* const number = called(
            draft,
            {"diarienummer", "diarienr", "ärendenummer", "k-nummer", "knummer", "case number", "polisens"},
            kAlsoTheId);
        number != nullptr && number->share(number->dates()) < 0.5) {
        profile.case_number = number->name;
        draft.take("words.case_number", number->name, Confidence::likely,
                   "called like the number of a case, which other sources may quote");
    }
    suggest_place(draft);
    suggest_title(draft);
    suggest_text(draft);
}

}  // namespace riskbild::importers
