#include "geo_core/linkage/report_words.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>
#include <span>

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

/// FNV-1a, with the last step of MurmurHash3 so that all bits are as good; without the lowest three.
std::uint64_t hash_of(std::string_view word)
{
    std::uint64_t hash = 14'695'981'039'346'656'037U;
    for (auto const c : word)
        hash = (hash ^ static_cast<unsigned char>(c)) * 1'099'511'628'211U;
    hash = (hash ^ hash >> 33U) * 0xff51'afd7'ed55'8ccdU;
    hash = (hash ^ hash >> 33U) * 0xc4ce'b9fe'1a85'ec53U;
    return (hash ^ hash >> 33U) & ~std::uint64_t{7};
}

/// The common stems by their hash: a table with room to spare, looked up from the place that the hash names.
class CommonStems {
public:
    CommonStems()
    {
        for (auto const stem : kCommonStems)
            *place_of(hash_of(stem)) = hash_of(stem);
    }

    bool contain(std::uint64_t hash) { return *place_of(hash) == hash; }

private:
    static constexpr std::size_t kPlaces = 2048;
    static_assert(kPlaces > 4 * kCommonStems.size());

    std::uint64_t* place_of(std::uint64_t hash)
    {
        auto place = hash >> 3U;
        while (places_[place % kPlaces] != 0 && places_[place % kPlaces] != hash)
            ++place;
        return &places_[place % kPlaces];
    }

    std::array<std::uint64_t, kPlaces> places_{};
};

bool is_common(std::uint64_t stem)
{
    static CommonStems stems;
    return stems.contain(stem);
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

/// \param lower in lower case
template <class Visit>
void each_word(std::string_view lower, Visit visit)
{
    auto const* at = lower.begin();
    while (at != lower.end()) {
        auto const* const first = std::find_if(at, lower.end(), is_word_byte);
        at = std::find_if_not(first, lower.end(), is_word_byte);
        if (first != at)
            visit(std::string_view{first, static_cast<std::size_t>(at - first)});
    }
}

/// What a word is; of several, all of them. In the three bits that a hash leaves.
enum Sort : std::uint8_t { kInformative = 1, kNumber = 2, kPlace = 4 };

/// A word that tells something, as it is compared.
struct Telling {
    std::string_view word;
    std::uint64_t hash;
    Sort sort;
};

/// The part of a word that tells something, if any.
template <class Visit>
void if_telling(std::string_view word, Visit visit)
{
    auto const digits = std::ranges::count_if(word, is_digit);
    if (digits > 0) {
        auto const shortest = digits < std::ssize(word) ? kShortestMixed : kShortestNumber;
        if (word.size() >= shortest)
            visit(Telling{word, hash_of(word), kNumber});
        return;
    }
    if (characters(word) < kShortestWord)
        return;
    auto const stem = stem_of(word);
    if (auto const hash = hash_of(stem); !is_common(hash))
        visit(Telling{stem, hash, kInformative});
}

void sort_once(std::vector<std::string>& words)
{
    std::ranges::sort(words);
    words.erase(std::unique(words.begin(), words.end()), words.end());
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

/// Looks at a word that both have, as what it is to each.
struct Tally {
    std::size_t informative = 0;
    std::size_t numbers = 0;
    std::size_t any = 0;

    void count(std::uint64_t sorts_a, std::uint64_t sorts_b)
    {
        auto const both = sorts_a & sorts_b;
        informative += both & kInformative;
        numbers += (both & kNumber) / kNumber;
        ++any;
    }
};

constexpr std::uint64_t kSorts = kInformative | kNumber | kPlace;
constexpr std::size_t kMostWords = 20'000;

}  // namespace

ReportWords ReportWords::of(std::string_view title, std::string_view text, std::string_view place)
{
    ReportWords words;
    auto const take = [&](std::string_view written, auto& words_to, auto& numbers_to) {
        each_word(lower_case(written), [&](std::string_view word) {
            if_telling(word, [&](Telling const& telling) {
                (telling.sort == kNumber ? numbers_to : words_to).emplace_back(telling.word);
            });
        });
    };
    take(title, words.informative, words.numbers);
    take(text, words.informative, words.numbers);
    take(place, words.place, words.place);
    sort_once(words.informative);
    sort_once(words.numbers);
    sort_once(words.place);
    each_word(lower_case(text), [&](std::string_view word) {
        words.wording += words.wording.empty() ? "" : " ";
        words.wording += word;
    });
    return words;
}

std::vector<std::string> shared_words(ReportWords const& a, ReportWords const& b, bool with_places)
{
    if (!with_places)
        return in_either(in_both(a.informative, b.informative), in_both(a.numbers, b.numbers));
    auto const all = [](ReportWords const& words) {
        return in_either(in_either(words.informative, words.numbers), words.place);
    };
    return in_both(all(a), all(b));
}

std::uint64_t print_of(std::string_view text)
{
    return text.empty() ? 0 : hash_of(text);
}

WordPrints::Of WordPrints::add(std::string_view title, std::string_view text, std::string_view place)
{
    scratch_.clear();
    auto const take = [&](std::string_view lower, auto sort) {
        each_word(lower, [&](std::string_view word) {
            if_telling(word, [&](Telling const& telling) {
                if (scratch_.size() < kMostWords)
                    scratch_.push_back(telling.hash | sort(telling));
            });
        });
    };
    auto const as_told = [](Telling const& telling) { return std::uint64_t{telling.sort}; };
    auto const lower_text = lower_case(text);
    take(lower_case(title), as_told);
    take(lower_text, as_told);
    take(lower_case(place), [](Telling const&) { return std::uint64_t{kPlace}; });
    std::ranges::sort(scratch_);

    Of added;
    added.first = static_cast<std::uint32_t>(words_.size());
    for (auto const word : scratch_) {
        if (words_.size() > added.first && (words_.back() & ~kSorts) == (word & ~kSorts))
            words_.back() |= word;
        else
            words_.push_back(word);
    }
    auto const own = std::span(words_).subspan(added.first);
    auto const count = [&](Sort sort) {
        return static_cast<std::uint16_t>(
            std::ranges::count_if(own, [&](std::uint64_t word) { return (word & sort) != 0; }));
    };
    added.words = static_cast<std::uint16_t>(own.size());
    added.informative = count(kInformative);
    added.numbers = count(kNumber);
    auto words = 0;
    auto wording = std::uint64_t{0};
    each_word(lower_text, [&](std::string_view word) {
        ++words;
        wording = (wording ^ hash_of(word)) * 1'099'511'628'211U;
    });
    added.wording = words > 1 ? wording | 1U : 0;
    return added;
}

WordAgreement WordPrints::agreement(Of const& a, Of const& b, bool with_places) const
{
    Tally both;
    auto const all = std::span(words_);
    auto const of_a = all.subspan(a.first, a.words);
    auto const of_b = all.subspan(b.first, b.words);
    for (auto i = of_a.begin(), j = of_b.begin(); i != of_a.end() && j != of_b.end();) {
        auto const left = *i & ~kSorts;
        auto const right = *j & ~kSorts;
        if (left == right)
            both.count(*i, *j);
        i += left <= right ? 1 : 0;
        j += right <= left ? 1 : 0;
    }
    return {with_places ? both.any : both.informative + both.numbers,
            std::size_t{std::min(a.informative, b.informative)} - both.informative,
            a.wording != 0 && a.wording == b.wording, both.numbers == 0 && a.numbers > 0 && b.numbers > 0};
}

}  // namespace riskbild::linkage
