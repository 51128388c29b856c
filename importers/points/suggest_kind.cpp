#include <algorithm>
#include <array>
#include <map>

#include <fmt/format.h>

#include "geo_core/area.hpp"
#include "geo_core/text.hpp"
#include "importers/points/suggest_roles.hpp"

namespace riskbild::importers {
namespace {

struct Meaning {
    std::string code;
    std::string from;  // whose word it is, for the reason
};
using Vocabulary = std::map<std::string, Meaning, std::less<>>;

// Words that open data and lists use and neither our tree nor another source does.
constexpr std::array<std::pair<std::string_view, std::string_view>, 26> kOtherWords{{
    {"theft", "theft"},
    {"larceny", "theft"},
    {"stöld", "theft"},
    {"tillgrepp", "theft"},
    {"shoplifting", "theft.shop"},
    {"snatteri", "theft.shop"},
    {"butiksstöld", "theft.shop"},
    {"bike theft", "theft.bicycle"},
    {"theft from auto", "theft.from_vehicle"},
    {"motor vehicle theft", "vehicle"},
    {"bilstöld", "vehicle.car"},
    {"break-in", "burglary"},
    {"breaking and entering", "burglary"},
    {"burglary", "burglary"},
    {"vandalism", "damage"},
    {"vandalisering", "damage"},
    {"criminal damage", "damage"},
    {"skadegörelse", "damage"},
    {"graffiti", "damage.graffiti"},
    {"klotter", "damage.graffiti"},
    {"tag", "damage.graffiti"},
    {"arson", "fire.arson"},
    {"anlagd brand", "fire.arson"},
    {"rån", "robbery"},
    {"robbery", "robbery"},
    {"battery", "assault"},
}};

Vocabulary vocabulary_of(KindTree const& kinds, PoliceTypes const& types)
{
    Vocabulary words;
    for (auto const& kind : kinds.kinds()) {
        words.try_emplace(kind.code, Meaning{kind.code, "our own code"});
        words.try_emplace(lower_case(kind.sv), Meaning{kind.code, "our Swedish word"});
        words.try_emplace(lower_case(kind.en), Meaning{kind.code, "our English word"});
    }
    for (auto const& [type, code] : types.kind_of_type())
        words.try_emplace(type, Meaning{code, "the police's word"});
    for (auto const& name : column_profile_names())
        if (auto const profile = load_column_profile(name))
            for (auto const& [value, code] : profile->kind_of_value)
                words.try_emplace(value, Meaning{code, fmt::format("as in the profile {}", name)});
    for (auto const& [word, code] : kOtherWords)
        words.try_emplace(std::string{word}, Meaning{std::string{code}, "a common word"});
    std::erase_if(
        words, [&](auto const& entry) { return entry.first.empty() || !kinds.by_code(entry.second.code); });
    return words;
}

bool is_letter(char c)
{
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || static_cast<unsigned char>(c) >= 0x80;
}

// The longest known words that `text` holds as whole words.
Vocabulary::const_iterator longest_within(Vocabulary const& words, std::string_view text)
{
    auto best = words.end();
    for (auto it = words.begin(); it != words.end(); ++it) {
        auto const& word = it->first;
        if (word.size() < 3 || (best != words.end() && word.size() <= best->first.size()))
            continue;
        auto const at = text.find(word);
        if (at == std::string_view::npos || (at > 0 && is_letter(text[at - 1])) ||
            (at + word.size() < text.size() && is_letter(text[at + word.size()])))
            continue;
        best = it;
    }
    return best;
}

KindProposal proposal_for(std::string const& value, std::uint64_t rows, Vocabulary const& words)
{
    auto const text = lower_case(trimmed(value));
    if (auto const exact = words.find(text); exact != words.end())
        return {value, rows, exact->second.code, Confidence::certain, exact->second.from};
    auto const digits_alone = text.find_first_not_of("0123456789") == std::string::npos;
    if (auto const within = digits_alone ? words.end() : longest_within(words, text); within != words.end())
        return {value, rows, within->second.code, Confidence::unsure,
                fmt::format("holds \"{}\", {}", within->first, within->second.from)};
    return {value, rows, {}, Confidence::unsure, "no kind is called like it"};
}

struct Candidate {
    ColumnFacts const* column = nullptr;
    double known = 0;    // share of rows whose value is a known word as a whole
    double guessed = 0;  // or holds one
    double score = 0;
};

Candidate judged(ColumnFacts const& column, Vocabulary const& words)
{
    Candidate candidate{&column};
    std::uint64_t all = 0;
    std::uint64_t known = 0;
    std::uint64_t guessed = 0;
    for (auto const& [value, rows] : column.values) {
        auto const proposal = proposal_for(value, rows, words);
        all += rows;
        known += !proposal.code.empty() && proposal.confidence == Confidence::certain ? rows : 0;
        guessed += proposal.code.empty() ? 0 : rows;
    }
    candidate.known = static_cast<double>(known) / static_cast<double>(all);
    candidate.guessed = static_cast<double>(guessed) / static_cast<double>(all);
    auto const is_named = column.is_called(
        {"offense", "offence", "crime", "type", "typ", "kind", "kategori", "category", "brott", "brottstyp",
         "brottskod", "händelse", "händelsetyp", "rubrik", "descript", "beskrivning", "incident", "slag"});
    candidate.score = 3 * candidate.known + candidate.guessed + (is_named ? 1.5 : 0.0);
    // Free text mentions crimes too, in ever new words.
    auto const is_free_text =
        column.mean_length > 60 || (column.distinct > 50 && column.distinct * 2 > column.filled);
    if (is_free_text)
        candidate.score -= 2.5;
    return candidate;
}

// The file's or a heading's own word: `chicago_arson.csv`.
std::optional<std::pair<std::string, Meaning>> meaning_of_file(SuggestionDraft const& draft,
                                                               Vocabulary const& words)
{
    auto text = draft.file_words;
    for (auto const& column : draft.facts)
        text += " " + column.lower_name;
    for (auto const* plural : {"burglaries", "robberies", "thefts", "assaults"})
        if (auto const at = text.find(plural); at != std::string::npos) {
            std::string_view const word = plural;
            auto const one = word.ends_with("ies") ? std::string{word.substr(0, word.size() - 3)} + "y"
                                                   : std::string{word.substr(0, word.size() - 1)};
            text.replace(at, word.size(), one);
        }
    auto const found = longest_within(words, text);
    if (found == words.end())
        return std::nullopt;
    return std::pair{found->first, found->second};
}

void suggest_fixed_kind(SuggestionDraft& draft, Vocabulary const& words)
{
    auto& profile = draft.made.profile;
    if (auto const found = meaning_of_file(draft, words)) {
        profile.kind_fixed = found->second.code;
        draft.guess(
            "kind.fixed", profile.kind_fixed, Confidence::unsure,
            fmt::format("no column tells kinds; the file or a heading has the word \"{}\"", found->first));
        return;
    }
    profile.kind_fixed = "unknown";
    draft.guess("kind.fixed", "unknown", Confidence::unsure,
                "no column tells kinds, nor does the file's name");
    draft.made.questions.emplace_back(
        "kind.fixed: if the list is of one kind, put its code here (docs/kinds.md)");
}

}  // namespace

void suggest_kind(SuggestionDraft& draft, PoliceTypes const& types)
{
    auto const words = vocabulary_of(draft.county.kinds, types);
    auto& profile = draft.made.profile;
    Candidate best;
    constexpr std::size_t kMostKinds = 400;
    for (auto const& column : draft.facts) {
        if (draft.taken.contains(column.name) || column.filled == 0 || column.distinct > kMostKinds ||
            column.filled * 10 < column.rows || column.share(column.dates()) > 0.5)
            continue;
        auto const candidate = judged(column, words);
        if (candidate.score > best.score)
            best = candidate;
    }
    constexpr double kEnough = 1.5;
    auto const named = std::ranges::find(draft.facts, draft.kind_column, &ColumnFacts::name);
    if (named != draft.facts.end() && named->filled > 0) {
        best = judged(*named, words);
    } else if (best.column == nullptr || best.score < kEnough || best.guessed == 0) {
        suggest_fixed_kind(draft, words);
        return;
    }
    auto const& column = *best.column;
    profile.kind_column = column.name;
    draft.take(
        "kind.column", column.name, best.known > 0.8 ? Confidence::certain : Confidence::likely,
        fmt::format("{} different values; {} % of the rows have a word that is known as it is, {} % one that "
                    "holds a known word",
                    column.distinct, static_cast<int>(100 * best.known),
                    static_cast<int>(100 * best.guessed)));
    std::uint64_t own_codes = 0;
    std::uint64_t all = 0;
    std::map<std::string, std::size_t> known;  // words differ by more than case and spaces around them
    for (auto const& [value, rows] : column.values) {
        all += rows;
        own_codes += draft.county.kinds.by_code(value) ? rows : 0;
        auto const [place, is_new] = known.try_emplace(lower_case(trimmed(value)), draft.made.kinds.size());
        if (is_new)
            draft.made.kinds.push_back(proposal_for(value, rows, words));
        else
            draft.made.kinds[place->second].rows += rows;
    }
    if (own_codes * 100 >= all * 95) {
        profile.kind_is_code = true;
        draft.made.kinds.clear();  // each is what it says
        draft.guess("kind.codes", "true", Confidence::certain, "the values are our own codes");
        return;
    }
    for (auto const& proposal : draft.made.kinds)
        if (!proposal.code.empty())
            profile.kind_of_value.emplace(lower_case(proposal.value), proposal.code);
    std::uint64_t unknown = 0;
    for (auto const& proposal : draft.made.kinds)
        unknown += proposal.code.empty() ? proposal.rows : 0;
    if (unknown > 0)
        draft.made.questions.push_back(
            fmt::format("kind.values: {} of {} rows have a value that no kind is called like; "
                        "give it a code or leave it unknown",
                        unknown, all));
}

}  // namespace riskbild::importers
