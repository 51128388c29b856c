#include "importers/points/table_sample.hpp"

#include <algorithm>
#include <cctype>
#include <unordered_map>

#include "geo_core/area.hpp"
#include "geo_core/text.hpp"

namespace riskbild::importers {
namespace {

constexpr std::uint64_t kFirstRows = 4000;
constexpr std::uint64_t kEveryNext = 97;  // a prime, so that no week or month of rows falls in step
constexpr std::uint64_t kMostRows = 10'000;
constexpr std::uint64_t kMostLookedThrough = 1'000'000;
constexpr std::size_t kMostBytes = std::size_t{64} << 20;
constexpr std::size_t kMostValues = 500;

bool has_three_words(std::string_view text)
{
    constexpr std::size_t kSeveral = 3;
    std::size_t words = 0;
    auto inside = false;
    for (char const c : text) {
        auto const is_letter =
            std::isalpha(static_cast<unsigned char>(c)) != 0 || static_cast<unsigned char>(c) >= 0x80;
        words += is_letter && !inside ? 1 : 0;
        inside = is_letter || (inside && c != ' ');
    }
    return words >= kSeveral;
}

bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

std::optional<double> number_in(std::string_view text)
{
    std::string with_point{text};
    if (auto const comma = with_point.find(','); comma != std::string::npos)
        with_point[comma] = '.';
    return parse_number(with_point);
}

// `22:15`, `7.05`, `22:15:30`, `kl 22.15`
bool is_clock(std::string_view text)
{
    text = without_clock_word(text);
    auto const hour = take_number(text, 1, 2);
    if (!hour || *hour > 23 || !take(text, ":.") || text.size() < 2)
        return false;
    auto const minute = take_number(text, 2, 2);
    if (!minute || *minute > 59)
        return false;
    return text.empty() || text.front() == ':' || text == " AM" || text == " PM" || text == " am" ||
           text == " pm";
}

void count_times(std::string_view text, TimeZone const& zone, ColumnFacts::Times& times)
{
    if (text.size() < 8 || !is_digit(text.front()))
        return;
    auto const reads = [&](TimeStyle style) {
        return read_interval(text, {}, {}, style, TimeResolution::minute, zone);
    };
    auto const iso = reads(TimeStyle::iso);
    auto const day_first = iso ? iso : reads(TimeStyle::day_first);
    auto const month_first = iso ? iso : reads(TimeStyle::month_first);
    if (!iso && !day_first && !month_first)
        return;
    times.iso += iso ? 1 : 0;
    if (!iso) {
        times.day_first += day_first ? 1 : 0;
        times.month_first += month_first ? 1 : 0;
        times.only_day_first += day_first && !month_first ? 1 : 0;
        times.only_month_first += month_first && !day_first ? 1 : 0;
        if (day_first && month_first && day_first->from != month_first->from &&
            times.ambiguous_example.empty())
            times.ambiguous_example = text;
    }
    auto const& when = iso ? *iso : day_first ? *day_first : *month_first;
    if (when.to - when.from > std::chrono::hours{1})
        return;
    ++times.with_time;
    auto const since = zone.local(when.from).time_since_epoch();
    times.at_full_hour += since % std::chrono::hours{1} == std::chrono::seconds{0} ? 1 : 0;
    times.at_midnight += since % std::chrono::hours{24} == std::chrono::seconds{0} ? 1 : 0;
}

void count_numbers(std::string_view text, ColumnFacts& facts)
{
    if (!number_in(text))
        return;
    ++facts.numbers;
    auto const point = text.find_first_of(".,");
    if (point == std::string_view::npos) {
        ++facts.whole_numbers;
        auto digits = text;
        auto const hour = take_number(digits, 1, 2);
        facts.hours += hour && digits.empty() && *hour < 24 ? 1 : 0;
    } else {
        facts.most_decimals = std::max(facts.most_decimals, text.size() - point - 1);
    }
}

}  // namespace

Result<std::unique_ptr<TableSample>> TableSample::of(RecordTable& table)
{
    std::unique_ptr<TableSample> sample{new TableSample};
    sample->columns_ = table.columns();
    sample->epsg_ = table.point_epsg();
    sample->has_geometry_ = table.has_geometry();
    std::size_t bytes = 0;
    while (true) {
        auto const more = table.next();
        if (!more)
            return Failure{more.error()};
        if (!*more)
            break;
        if (table.row() > kMostLookedThrough || sample->rows_.size() >= kMostRows || bytes > kMostBytes) {
            sample->is_whole_ = false;
            break;
        }
        sample->looked_through_ = table.row();
        if (table.row() > kFirstRows && table.row() % kEveryNext != 0)
            continue;
        if (auto const fault = table.fault()) {
            ++sample->unreadable_[fault->reason];
            continue;
        }
        Row row{table.row(), {}, table.point()};
        for (auto const field : table.fields()) {
            row.fields.emplace_back(field);
            bytes += field.size() + sizeof(std::string);
        }
        sample->rows_.push_back(std::move(row));
    }
    sample->form_ = table.form();
    sample->fields_.resize(sample->columns_.size());
    return sample;
}

Result<bool> TableSample::advance()
{
    if (at_ == rows_.size())
        return false;
    auto const& row = rows_[at_++];
    std::copy(row.fields.begin(), row.fields.end(), fields_.begin());
    return true;
}

Result<void> TableSample::restart()
{
    at_ = 0;
    return {};
}

bool ColumnFacts::is_called(std::span<std::string_view const> words) const
{
    constexpr std::size_t kTellsByPart = 4;
    return std::ranges::any_of(words, [&](std::string_view word) {
        for (std::size_t at = lower_name.find(word); at != std::string::npos;
             at = lower_name.find(word, at + 1)) {
            auto const is_letter = [&](std::size_t i) {
                return i < lower_name.size() &&
                       (std::isalnum(static_cast<unsigned char>(lower_name[i])) != 0 ||
                        static_cast<unsigned char>(lower_name[i]) >= 0x80);
            };
            auto const begins = at == 0 || !is_letter(at - 1);
            auto const ends = !is_letter(at + word.size());
            if ((begins && ends) || (word.size() >= kTellsByPart && (begins || ends)))
                return true;
        }
        return false;
    });
}

std::vector<ColumnFacts> facts_of(TableSample const& sample, TimeZone const& zone)
{
    std::vector<ColumnFacts> all;
    for (std::size_t i = 0; i < sample.columns().size(); ++i) {
        ColumnFacts facts;
        facts.name = sample.columns()[i];
        facts.lower_name = lower_case(facts.name);
        std::ranges::replace(facts.lower_name, '_', ' ');
        facts.index = i;
        facts.rows = sample.rows().size();
        std::unordered_map<std::string_view, std::uint64_t> values;
        std::size_t length = 0;
        for (auto const& row : sample.rows()) {
            auto const text = trimmed(row.fields[i]);
            if (text.empty())
                continue;
            ++facts.filled;
            length += text.size();
            ++values[text];
            facts.links += text.starts_with("http://") || text.starts_with("https://") ? 1 : 0;
            facts.clocks += is_clock(text) ? 1 : 0;
            facts.sentences += has_three_words(text) ? 1 : 0;
            count_numbers(text, facts);
            count_times(text, zone, facts.times);
        }
        facts.distinct = values.size();
        facts.mean_length =
            facts.filled == 0 ? 0.0 : static_cast<double>(length) / static_cast<double>(facts.filled);
        facts.values.assign(values.begin(), values.end());
        auto const often_first = [](auto const& a, auto const& b) {
            return a.second != b.second ? a.second > b.second : a.first < b.first;
        };
        std::ranges::sort(facts.values, often_first);
        facts.values.resize(std::min(facts.values.size(), kMostValues));
        all.push_back(std::move(facts));
    }
    return all;
}

bool looks_like_a_row(std::vector<std::string> const& heading)
{
    return std::ranges::any_of(heading, [](std::string const& cell) {
        auto const text = trimmed(cell);
        auto const is_date = text.size() >= 8 && parse_date(text.substr(0, 10)).has_value();
        return is_date || (text.size() > 1 && number_in(text).has_value());
    });
}

}  // namespace riskbild::importers
