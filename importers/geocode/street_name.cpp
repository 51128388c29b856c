#include "importers/geocode/street_name.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include "geo_core/area.hpp"
#include "geo_core/text.hpp"

namespace riskbild::importers {
namespace {

using Pair = std::pair<std::string_view, std::string_view>;

// Characters that are written in one way. Two apostrophes and both quotes just go.
constexpr std::array kCharacters{Pair{"\xc2\xa0", " "}, Pair{"–", " "}, Pair{"—", " "},  Pair{"-", " "},
                                 Pair{"\t", " "},       Pair{",", " "}, Pair{"\n", " "}, Pair{"\r", " "},
                                 Pair{"é", "e"},        Pair{"è", "e"}, Pair{"'", ""},   Pair{"’", ""},
                                 Pair{"´", ""},         Pair{"`", ""},  Pair{"\"", ""},  Pair{"”", ""}};

// Words that are abbreviated with a mark that tells so, wherever they stand.
constexpr std::array kWords{Pair{"s:t", "sankt"},   Pair{"s:t.", "sankt"},     Pair{"st.", "sankt"},
                            Pair{"s:ta", "sankta"}, Pair{"st:a", "stora"},     Pair{"l:a", "lilla"},
                            Pair{"n:a", "norra"},   Pair{"s:a", "södra"},      Pair{"ö:a", "östra"},
                            Pair{"v:a", "västra"},  Pair{"g:a", "gamla"},      Pair{"dr.", "doktor"},
                            Pair{"dr", "doktor"},   Pair{"prof.", "professor"}};

// Words of one letter that stand before a name.
constexpr std::array kFrontWords{Pair{"n.", "norra"}, Pair{"s.", "södra"}, Pair{"ö.", "östra"},
                                 Pair{"v.", "västra"}};

// Ends of the last word.
constexpr std::array kEndings{Pair{"gat.", "gatan"}, Pair{"väg.", "väg"},  Pair{"g.", "gatan"},
                              Pair{"v.", "vägen"},   Pair{"gr.", "gränd"}, Pair{"vgn", "vägen"},
                              Pair{"gtn", "gatan"}};

std::string with_plain_characters(std::string_view text)
{
    std::string plain;
    while (!text.empty()) {
        if (auto const c = text.front();
            c == ' ' || c == '.' || (c >= '0' && c <= ':') || (c >= 'a' && c <= 'z')) {
            plain += c;
            text.remove_prefix(1);
            continue;
        }
        auto const found = std::ranges::find_if(
            kCharacters, [&](Pair const& character) { return text.starts_with(character.first); });
        if (found == kCharacters.end()) {
            plain += text.front();
            text.remove_prefix(1);
        } else {
            plain += found->second;
            text.remove_prefix(found->first.size());
        }
    }
    return plain;
}

// At blanks, and behind a full stop: `St.Persgatan`.
std::vector<std::string> words_of(std::string_view text)
{
    std::vector<std::string> words(1);
    for (char const c : text) {
        if (c == ' ' || (!words.back().empty() && words.back().back() == '.' && c != '.'))
            words.emplace_back();
        if (c != ' ')
            words.back() += c;
    }
    std::erase_if(words, [](std::string const& word) { return word.empty(); });
    return words;
}

void write_out(std::string& word, bool is_first, bool is_last)
{
    if (auto const known = std::ranges::find(kWords, word, &Pair::first); known != kWords.end()) {
        word = known->second;
        return;
    }
    if (is_first && !is_last && word == "st") {
        word = "sankt";
        return;
    }
    if (!is_last)
        if (auto const front = std::ranges::find(kFrontWords, word, &Pair::first);
            front != kFrontWords.end()) {
            word = front->second;
            return;
        }
    if (is_last)
        for (auto const& [ending, whole] : kEndings)
            if (word.size() > ending.size() + 1 && word.ends_with(ending)) {
                word.replace(word.size() - ending.size(), ending.size(), whole);
                return;
            }
    std::erase_if(word, [](char c) { return c == '.' || c == ':'; });
}

std::string written_out(std::string_view text)
{
    auto words = words_of(text);
    std::string out;
    for (std::size_t i = 0; i < words.size(); ++i) {
        write_out(words[i], i == 0, i + 1 == words.size());
        if (!words[i].empty())
            out += (out.empty() ? "" : " ") + words[i];
    }
    return out;
}

bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool all_digits(std::string_view text, std::size_t length)
{
    return text.size() == length && std::ranges::all_of(text, is_digit);
}

std::vector<std::string_view> split(std::string_view text, std::string_view at)
{
    std::vector<std::string_view> parts;
    while (!text.empty()) {
        auto const end = std::min(text.find_first_of(at), text.size());
        if (auto const part = trimmed(text.substr(0, end)); !part.empty())
            parts.push_back(part);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return parts;
}

// One to four digits, then at most one letter; or two such with a hyphen between.
bool is_house_number(std::string_view text)
{
    auto const take_one = [&text] {
        auto const number = take_number(text, 1, 4);
        if (number && !text.empty() && ((text.front() | 0x20) >= 'a' && (text.front() | 0x20) <= 'z'))
            text.remove_prefix(1);
        return number.has_value();
    };
    if (!take_one())
        return false;
    if (text.starts_with("–"))
        text.remove_prefix(std::string_view{"–"}.size());
    else if (!take(text, "-"))
        return text.empty();
    return take_one() && text.empty();
}

std::string_view without_marks(std::string_view word)
{
    constexpr std::string_view kMarks = ".,;:!?()\"'";
    while (!word.empty() && kMarks.find(word.back()) != std::string_view::npos)
        word.remove_suffix(1);
    while (!word.empty() && kMarks.find(word.front()) != std::string_view::npos)
        word.remove_prefix(1);
    return word;
}

bool is_letter(std::string_view text)
{
    return text.size() == 1 && (text.front() | 0x20) >= 'a' && (text.front() | 0x20) <= 'z';
}

// `lgh 1101`, `vån 2`, `bv`: where in the house, which is none of a map's business.
bool begins_flat(std::string_view word)
{
    auto const lower = lower_case(word);
    return lower.starts_with("lgh") || lower == "lägenhet" || lower.starts_with("vån") || lower == "bv" ||
           lower == "tr" || lower == "port" || lower == "uppgång";
}

// Takes `753 21` or `75321` from the front of a list of words.
std::optional<std::string> take_postcode(std::span<std::string_view const>& words)
{
    if (!words.empty() && (all_digits(words[0], 5))) {
        std::string code{words[0]};
        words = words.subspan(1);
        return code;
    }
    if (words.size() >= 2 && all_digits(words[0], 3) && all_digits(words[1], 2)) {
        auto code = std::string{words[0]} + std::string{words[1]};
        words = words.subspan(2);
        return code;
    }
    return std::nullopt;
}

std::string joined(std::span<std::string_view const> words)
{
    std::string text;
    for (auto const word : words)
        text += (text.empty() ? "" : " ") + std::string{word};
    return text;
}

// What stands behind street and number: flat, postcode, town.
void read_rest(std::span<std::string_view const> words, WrittenAddress& address)
{
    while (!words.empty() && begins_flat(words.front())) {
        words = words.subspan(1);
        if (!words.empty() && is_digit(words.front().front()))
            words = words.subspan(1);
    }
    if (auto code = take_postcode(words))
        address.postcode = std::move(*code);
    if (!words.empty())
        address.locality = joined(words);
}

void read_street(std::span<std::string_view const> words, WrittenAddress& address)
{
    std::size_t end = 1;
    for (; end < words.size(); ++end) {
        auto behind = words.subspan(end);
        if (is_house_number(words[end]) || begins_flat(words[end]) || take_postcode(behind))
            break;
    }
    address.street = joined(words.first(std::min(end, words.size())));
    auto rest = words.subspan(std::min(end, words.size()));
    auto behind = rest;
    if (!rest.empty() && is_house_number(rest.front()) && !take_postcode(behind)) {
        std::string number{rest.front()};
        rest = rest.subspan(1);
        if (rest.size() >= 2 && (rest[0] == "-" || rest[0] == "–") && is_house_number(rest[1])) {
            number += "-" + std::string{rest[1]};
            rest = rest.subspan(2);
        } else if (!rest.empty() && is_letter(rest.front()) && is_digit(number.back())) {
            number += rest.front();
            rest = rest.subspan(1);
        }
        address.house_number = normal_house_number(number);
    }
    read_rest(rest, address);
}

constexpr std::array<std::string_view, 14> kStreetEndings{"gatan",   "gata",       "vägen", "väg",    "gränd",
                                                          "gränden", "torget",     "torg",  "stigen", "allén",
                                                          "allé",    "esplanaden", "leden", "kajen"};
constexpr std::array<std::string_view, 18> kFrontAdjectives{
    "norra", "södra", "östra", "västra", "stora", "lilla", "sankt", "sankta", "s:t",
    "s:ta",  "st",    "gamla", "nya",    "övre",  "nedre", "yttre", "inre",   "mellersta"};

// What a sentence begins with before it names a street.
constexpr std::array<std::string_view, 16> kNoNames{"på",    "vid",   "längs", "från",  "mot", "i",
                                                    "utmed", "till",  "över",  "efter", "en",  "korsningen",
                                                    "nära",  "bakom", "ett",   "där"};

bool is_upper(std::string_view word)
{
    return !word.empty() && lower_case(word.substr(0, 2)) != word.substr(0, 2);
}

bool ends_sentence(std::string_view word)
{
    return word.ends_with('.') || word.ends_with('!') || word.ends_with('?') || word.ends_with(',');
}

// Where the name that ends with word `last` begins; behind it where the word is no street's.
std::size_t begin_of_street(std::span<std::string_view const> words, std::size_t last)
{
    auto const word = without_marks(words[last]);
    auto const lower = lower_case(word);
    auto const ending = std::ranges::find_if(kStreetEndings, [&](auto end) { return lower.ends_with(end); });
    if (ending == kStreetEndings.end())
        return last + 1;
    if (lower == "riksväg" || lower == "länsväg" || lower == "europaväg")
        return last + 1;  // with its number a road across the county
    auto const is_bare = lower == *ending;
    if (!is_bare && !is_upper(word))
        return last + 1;
    auto begin = last;
    constexpr std::size_t kMostWords = 4;
    while (begin > 0 && last - begin < kMostWords && is_upper(words[begin - 1])) {
        auto const before = lower_case(without_marks(words[begin - 1]));
        auto const is_front = std::ranges::find(kFrontAdjectives, before) != kFrontAdjectives.end();
        if (std::ranges::find(kNoNames, before) != kNoNames.end() || (!is_bare && !is_front) ||
            (ends_sentence(words[begin - 1]) && !is_front))
            break;
        --begin;
    }
    return is_bare && begin == last ? last + 1 : begin;
}

}  // namespace

std::string normal_street(std::string_view written)
{
    auto text = with_plain_characters(lower_case(trimmed(written)));
    // Writing out may bring forth what can be written out again; it ends, as each step takes marks away.
    for (auto next = written_out(text); next != text; next = written_out(text))
        text = std::move(next);
    return text;
}

std::optional<std::string> other_reading(std::string_view normal)
{
    constexpr std::string_view kSankt = "sankt ";
    if (!normal.starts_with(kSankt))
        return std::nullopt;
    return "stora " + std::string{normal.substr(kSankt.size())};
}

std::string normal_house_number(std::string_view written)
{
    std::string number;
    for (auto rest = std::string_view{written}; !rest.empty();) {
        if (rest.starts_with("–")) {
            number += '-';
            rest.remove_prefix(std::string_view{"–"}.size());
            continue;
        }
        constexpr std::string_view kNoPart = " \t.'\"";
        if (auto const c = rest.front(); kNoPart.find(c) == std::string_view::npos)
            number += c;
        rest.remove_prefix(1);
    }
    return lower_case(number);
}

WrittenAddress parse_address(std::string_view written)
{
    WrittenAddress address;
    auto parts = split(written, ",\n\r");
    std::erase_if(parts, [](std::string_view part) { return lower_case(part).starts_with("c/o"); });
    if (parts.empty())
        return address;
    auto first = split(parts.front(), " \t");
    for (auto& word : first)
        if (is_house_number(without_marks(word)))
            word = without_marks(word);
    read_street(first, address);
    for (auto const part : std::span{parts}.subspan(1)) {
        auto const words = split(part, " \t");
        auto const is_number_alone =
            address.house_number.empty() && words.size() == 1 && is_house_number(words.front());
        if (is_number_alone)
            address.house_number = normal_house_number(words.front());
        else
            read_rest(words, address);
    }
    return address;
}

std::vector<std::string> street_mentions(std::string_view text)
{
    auto const words = split(text, " \t\n\r/");  // of a crossing, `Sandbrogatan/Torggatan`, both
    std::vector<std::string> found;
    for (std::size_t i = 0; i < words.size(); ++i) {
        auto const begin = begin_of_street(words, i);
        if (begin > i)
            continue;
        std::string name;
        for (auto at = begin; at <= i; ++at)
            name += (name.empty() ? "" : " ") + std::string{at == i ? without_marks(words[at]) : words[at]};
        if (!ends_sentence(words[i]) && i + 1 < words.size())
            if (auto const next = without_marks(words[i + 1]); is_house_number(next))
                name += " " + std::string{next};
        if (std::ranges::find(found, name) == found.end())
            found.push_back(std::move(name));
    }
    return found;
}

}  // namespace riskbild::importers
