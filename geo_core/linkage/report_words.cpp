#include "geo_core/linkage/report_words.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>

#include "geo_core/area.hpp"

namespace riskbild::linkage {

namespace {

constexpr std::size_t kShortestWord = 4;    // letters
constexpr std::size_t kShortestNumber = 3;  // digits alone, such as the number of a road …
constexpr std::size_t kShortestMixed = 2;   // … or with letters, such as e4 or 12b
constexpr std::size_t kStem = 6;            // letters

/// Stems that tell little: those that one in a hundred or more of the police's events 2022–2026 has (what
/// kind, when and which kommun, which are compared elsewhere), small words, and what the made-up texts all
/// say. In order of bytes.
constexpr auto kCommonStems = std::to_array<std::string_view>({
    "alla",   "anmäla", "anmält", "annan",  "annat",  "anträf", "april",  "arbete", "arbets", "august",
    "bara",   "bedräg", "berätt", "beslag", "bilar",  "bilen",  "bilist", "blev",   "blivit", "bostad",
    "brand",  "brott",  "bråk",   "buss",   "bussen", "butik",  "butike", "centra", "centru", "cyklis",
    "dagens", "decemb", "dessa",  "detta",  "djur",   "dock",   "drogra", "dråp",   "efter",  "eller",
    "elspar", "enköpi", "enligt", "exempe", "februa", "fick",   "finns",  "flera",  "fordon", "från",
    "fyller", "följer", "förare", "föremå", "försvu", "försök", "greps",  "gripen", "grips",  "grov",
    "grovt",  "hade",   "hans",   "heby",   "hela",   "hennes", "honom",  "händel", "håbo",   "inbrot",
    "inga",   "ingen",  "inte",   "inträf", "januar", "juli",   "juni",   "kamera", "klocka", "klotte",
    "knivla", "knivst", "kollid", "kollis", "kontro", "kring",  "krock",  "kund",   "kunden", "kvinna",
    "kväll",  "kvälle", "körde",  "körnin", "kört",   "larm",   "larmad", "larmas", "lastbi", "lugn",
    "lägenh", "länsvä", "mars",   "mellan", "missha", "misstä", "mord",   "motorc", "mycket", "målad",
    "målat",  "många",  "narkot", "natt",   "natten", "nedan",  "novemb", "nära",   "någon",  "något",
    "några",  "också",  "oktobe", "okänd",  "okända", "okänt",  "olaga",  "olovli", "olycka", "omhänd",
    "ordnin", "person", "plats",  "platse", "polis",  "polise", "poliso", "polisv", "presst", "påhitt",
    "påkörd", "rappor", "rattfy", "reside", "result", "riksvä", "rundad", "samban", "samma",  "samman",
    "samtal", "sedan",  "senare", "septem", "sina",   "singel", "sitt",   "sjukhu", "skada",  "skadad",
    "skadat", "skadeg", "skador", "skett",  "skola",  "skulle", "sprang", "spraya", "stals",  "stoppa",
    "stulen", "stulit", "stunde", "stöld",  "söker",  "tierp",  "till",   "tjänst", "trafik", "under",
    "uppgav", "uppger", "uppgif", "uppsal", "upptäc", "urval",  "utan",   "utanfö", "utsatt", "varit",
    "vars",   "vilken", "vilket", "villa",  "vilt",   "vittne", "vägen",  "våld",   "älvkar", "ärende",
    "även",   "årsåld", "östham", "över",   "överlä", "övrigt",
});
static_assert(std::ranges::is_sorted(kCommonStems));

bool is_common(std::string_view stem)
{
    return std::ranges::binary_search(kCommonStems, stem);
}

bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/// Letters beyond ASCII are bytes above 127; punctuation beyond ASCII is rare, and only ends up in a word.
bool is_word_byte(char c)
{
    return (c >= 'a' && c <= 'z') || is_digit(c) || static_cast<unsigned char>(c) >= 0x80;
}

bool begins_a_character(char c)
{
    return (static_cast<unsigned char>(c) & 0xc0) != 0x80;
}

std::size_t characters(std::string_view word)
{
    return static_cast<std::size_t>(std::ranges::count_if(word, begins_a_character));
}

std::string_view stem_of(std::string_view word)
{
    std::size_t letters = 0;
    for (std::size_t i = 0; i < word.size(); ++i)
        if (begins_a_character(word[i]) && ++letters > kStem)
            return word.substr(0, i);
    return word;
}

template <class Visit>
void each_word(std::string_view text, Visit visit)
{
    auto const lower = lower_case(text);
    for (auto at = lower.begin(); at != lower.end();) {
        auto const first = std::find_if(at, lower.end(), is_word_byte);
        at = std::find_if_not(first, lower.end(), is_word_byte);
        if (first != at)
            visit(std::string_view{&*first, static_cast<std::size_t>(at - first)});
    }
}

void sort_once(std::vector<std::string>& words)
{
    std::ranges::sort(words);
    auto const repeated = std::ranges::unique(words);
    words.erase(repeated.begin(), repeated.end());
}

void take(std::string_view word, std::vector<std::string>& stems, std::vector<std::string>& numbers)
{
    auto const digits = std::ranges::count_if(word, is_digit);
    if (digits > 0) {
        auto const shortest = digits < std::ssize(word) ? kShortestMixed : kShortestNumber;
        if (word.size() >= shortest)
            numbers.emplace_back(word);
        return;
    }
    auto const stem = stem_of(word);
    if (characters(word) >= kShortestWord && !is_common(stem))
        stems.emplace_back(stem);
}

std::vector<std::string> in_both(std::vector<std::string> const& a, std::vector<std::string> const& b)
{
    std::vector<std::string> both;
    std::ranges::set_intersection(a, b, std::back_inserter(both));
    return both;
}

std::vector<std::string> in_either(std::vector<std::string> const& a, std::vector<std::string> const& b)
{
    std::vector<std::string> all;
    std::ranges::set_union(a, b, std::back_inserter(all));
    return all;
}

}  // namespace

ReportWords ReportWords::of(std::string_view title, std::string_view text, std::string_view place)
{
    ReportWords words;
    for (auto const part : {title, text})
        each_word(part, [&](std::string_view word) { take(word, words.informative, words.numbers); });
    each_word(place, [&](std::string_view word) { take(word, words.place, words.place); });
    sort_once(words.informative);
    sort_once(words.numbers);
    sort_once(words.place);
    each_word(text, [&](std::string_view word) {
        words.wording += words.wording.empty() ? "" : " ";
        words.wording += word;
    });
    return words;
}

WordAgreement agreement(ReportWords const& a, ReportWords const& b, bool with_places)
{
    WordAgreement found;
    found.shared = in_both(a.informative, b.informative);
    found.unshared = std::min(a.informative.size(), b.informative.size()) - found.shared.size();
    auto const numbers = in_both(a.numbers, b.numbers);
    found.other_numbers = numbers.empty() && !a.numbers.empty() && !b.numbers.empty();
    found.shared = in_either(found.shared, numbers);
    if (with_places) {
        auto const all = [](ReportWords const& words) {
            return in_either(in_either(words.informative, words.numbers), words.place);
        };
        found.shared = in_both(all(a), all(b));
    }
    found.same_wording = a.wording == b.wording && a.wording.find(' ') != std::string::npos;
    return found;
}

}  // namespace riskbild::linkage
