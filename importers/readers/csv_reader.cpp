#include "importers/readers/csv_reader.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#include <fmt/format.h>

#include "geo_core/text.hpp"
#include "importers/readers/record_table.hpp"

namespace riskbild::importers {
namespace {

// A line of sixteen million commas must not become as many fields.
constexpr std::size_t kSampleRecords = 20;

// Numbers of fields of the first records, for one separator. A record cut off by the sample's end is left
// out.
std::vector<std::size_t> field_counts(std::string_view sample, char separator)
{
    std::vector<std::size_t> counts;
    std::size_t fields = 1;
    bool quoted = false;
    bool empty = true;
    for (char const c : sample) {
        if (c == '"')
            quoted = !quoted;  // a doubled quote opens and closes again
        if (quoted || (c != '\n' && c != separator)) {
            empty = empty && c == '\r';
            continue;
        }
        if (c == separator) {
            ++fields;
            empty = false;
            continue;
        }
        if (!empty)
            counts.push_back(fields);
        fields = 1;
        empty = true;
        if (counts.size() == kSampleRecords)
            break;
    }
    if (counts.empty() && !empty)
        counts.push_back(fields);
    return counts;
}

}  // namespace

char detect_separator(std::string_view sample)
{
    char best = ',';
    std::size_t best_agreeing = 0;
    std::size_t best_fields = 1;
    for (char const separator : {',', ';', '\t', '|'}) {
        auto const counts = field_counts(sample, separator);
        if (counts.empty() || counts.front() < 2)
            continue;
        auto const agreeing =
            static_cast<std::size_t>(std::count(counts.begin(), counts.end(), counts.front()));
        if (agreeing > best_agreeing || (agreeing == best_agreeing && counts.front() > best_fields)) {
            best = separator;
            best_agreeing = agreeing;
            best_fields = counts.front();
        }
    }
    return best;
}

Result<CsvReader> CsvReader::open(ByteSource& source, CsvOptions options)
{
    CsvReader reader{source, std::move(options)};
    if (auto opened = reader.window_.open(); !opened)
        return Failure{opened.error()};
    if (reader.window_.view().empty())
        return fail(ErrorCode::unreadable, fmt::format("{}: is empty, expected rows", source.name()));
    reader.separator_ = reader.options_.separator != '\0'
                            ? reader.options_.separator
                            : detect_separator(reader.window_.view().substr(0, std::size_t{64} << 10));
    if (!reader.options_.columns.empty()) {
        reader.columns_ = reader.options_.columns;
        return reader;
    }
    auto const header = reader.next_record();
    if (!header)
        return Failure{header.error()};
    if (!*header)
        return fail(
            ErrorCode::unreadable,
            fmt::format("{}: holds nothing but empty lines, expected a header and rows", source.name()));
    if (reader.problem_ == Problem::not_text || reader.fields_.size() > kMostColumns)
        return fail(ErrorCode::unreadable, fmt::format("{}: the first line is no CSV header", source.name()));
    reader.columns_.assign(reader.fields_.begin(), reader.fields_.end());
    name_columns(reader.columns_);
    return reader;
}

Result<bool> CsvReader::next()
{
    auto const more = next_record();
    if (!more || !*more)
        return more;
    ++row_;
    if (problem_ == Problem::none && fields_.size() != columns_.size())
        problem_ = Problem::wrong_columns;
    return true;
}

Result<bool> CsvReader::next_record()
{
    window_.consume(consumed_next_);
    consumed_next_ = 0;
    std::array<char, 3> const blanks{separator_, ' ', '\t'};
    std::string_view const blank{blanks.data(), blanks.size()};
    while (true) {
        auto const size = find_record_end();
        if (!size)
            return Failure{size.error()};
        if (*size == 0)
            return false;
        record_line_ = line_;
        line_ += record_lines_;
        auto length = *size;
        auto* const record = window_.data();
        if (record[length - 1] == '\n')
            --length;
        if (length > 0 && record[length - 1] == '\r')
            --length;
        // Spreadsheets write lines of nothing but separators behind the last row.
        if (std::string_view{record, length}.find_first_not_of(blank) == std::string_view::npos) {
            window_.consume(*size);
            continue;
        }
        consumed_next_ = *size;
        problem_ = Problem::none;
        std::string_view const text{record, length};
        auto const convert = options_.encoding == Encoding::windows_1252 || !is_utf8(text);
        if (std::memchr(record, '\0', length) != nullptr)
            problem_ = Problem::not_text;
        if (record_has_quotes_)
            split_quoted(record, length);
        else
            split_plain(text);
        if (convert)
            decode(text);
        return true;
    }
}

// Bytes of the next record with its line break; 0 at the end of the source.
Result<std::size_t> CsvReader::find_record_end()
{
    std::size_t seen = 0;  // of the view
    record_has_quotes_ = false;
    record_lines_ = 1;
    enum class State { field_start, plain, quoted, closed };
    auto state = State::field_start;
    std::uint64_t quote_line = 0;
    auto const where = [&] {
        return fmt::format("{} row {} (line {})", window_.source().name(), row_ + 1, line_);
    };
    while (true) {
        auto const view = window_.view();
        if (!record_has_quotes_ && seen < view.size()) {
            auto const* from = view.data() + seen;
            auto const* line_end = static_cast<char const*>(std::memchr(from, '\n', view.size() - seen));
            auto const stretch =
                static_cast<std::size_t>((line_end ? line_end : view.data() + view.size()) - from);
            if (std::memchr(from, '"', stretch) != nullptr) {
                record_has_quotes_ = true;
                seen = 0;  // look again from the start, now minding quotes
            } else if (line_end) {
                return seen + stretch + 1;
            } else {
                seen = view.size();
            }
        }
        for (; record_has_quotes_ && seen < view.size(); ++seen) {
            char const c = view[seen];
            if (state == State::quoted) {
                if (c == '"')
                    state = State::closed;  // unless the next one doubles it
                else if (c == '\n')
                    ++record_lines_;
            } else if (c == '\n') {
                return seen + 1;
            } else if (c == separator_) {
                state = State::field_start;
            } else if (c == '"' && state != State::plain) {
                if (state == State::field_start)
                    quote_line = line_ + record_lines_ - 1;
                state = State::quoted;
            } else {
                state = State::plain;
            }
        }
        if (window_.full())
            return fail(
                ErrorCode::too_large,
                fmt::format("{}: longer than {} MB, the most that one row may be{}", where(),
                            kRecordLimit >> 20,
                            state == State::quoted
                                ? fmt::format("; the quote opened in line {} is not closed", quote_line)
                                : std::string{}));
        auto const more = window_.more();
        if (!more)
            return Failure{more.error()};
        if (!*more && state == State::quoted)
            return fail(ErrorCode::unreadable,
                        fmt::format("{}: the quote opened in line {} is not closed before the file ends",
                                    where(), quote_line));
        if (!*more)
            return window_.view().size();
    }
}

void CsvReader::split_plain(std::string_view record)
{
    fields_.clear();
    std::size_t from = 0;
    while (fields_.size() < kMostColumns) {
        auto const* const found =
            static_cast<char const*>(std::memchr(record.data() + from, separator_, record.size() - from));
        if (found == nullptr)
            break;
        auto const at = static_cast<std::size_t>(found - record.data());
        fields_.push_back(record.substr(from, at - from));
        from = at + 1;
    }
    fields_.push_back(record.substr(from));
}

// Doubled quotes are undoubled in place: what is written never overtakes what is read.
void CsvReader::split_quoted(char* record, std::size_t size)
{
    fields_.clear();
    std::size_t at = 0;
    while (fields_.size() <= kMostColumns) {
        auto const start = at;
        auto write = at;
        if (at < size && record[at] == '"') {
            ++at;
            write = at;
            auto const first = write;
            bool closed = false;
            while (at < size && !closed) {
                if (record[at] != '"') {
                    record[write++] = record[at++];
                } else if (at + 1 < size && record[at + 1] == '"') {
                    record[write++] = '"';
                    at += 2;
                } else {
                    closed = true;
                    ++at;
                }
            }
            // Text behind the closing quote is kept, so that nothing is lost, but no CSV writer puts it
            // there.
            while (at < size && record[at] != separator_) {
                problem_ = problem_ == Problem::none ? Problem::bad_quotes : problem_;
                record[write++] = record[at++];
            }
            fields_.emplace_back(record + first, write - first);
        } else {
            while (at < size && record[at] != separator_)
                ++at;
            fields_.emplace_back(record + start, at - start);
        }
        if (at >= size)
            return;
        ++at;  // the separator; behind the last one lies an empty field
    }
}

void CsvReader::decode(std::string_view record)
{
    ++converted_;
    decoded_.clear();
    decoded_.reserve(record.size() * 3);  // so that views into it stay valid
    for (auto& field : fields_) {
        auto const from = decoded_.size();
        append_from_windows_1252(field, decoded_);
        field = std::string_view{decoded_}.substr(from);
    }
}

}  // namespace riskbild::importers
