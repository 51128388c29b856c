#include "importers/readers/json_records.hpp"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "geo_core/text.hpp"
#include "importers/readers/encoding.hpp"

namespace riskbild::importers {
namespace {

constexpr char kEnd = '\0';  // a NUL between records is not JSON either

std::string quoted(char c)
{
    auto const byte = static_cast<unsigned char>(c);
    return byte > 0x20 && byte < 0x7f ? fmt::format("\"{}\"", c)
                                      : fmt::format("byte {:#04x}", unsigned{byte});
}

// Where the objects of a collection begin: behind the bracket of the member `features` of the object that
// `text` begins with. Nothing where it has no such member within `text`.
std::optional<std::size_t> behind_features(std::string_view text)
{
    std::size_t depth = 0;
    std::size_t at = 0;
    auto const skip_white = [&] { at = std::min(text.find_first_not_of(" \t\r\n", at), text.size()); };
    while (at < text.size()) {
        char const c = text[at++];
        if (c == '{' || c == '[')
            ++depth;
        if ((c == '}' || c == ']') && --depth == 0)
            return std::nullopt;
        if (c != '"')
            continue;
        auto const from = at;
        while (at < text.size() && text[at] != '"')
            at += text[at] == '\\' ? 2 : 1;
        if (at >= text.size())
            return std::nullopt;
        auto const name = text.substr(from, at++ - from);
        skip_white();
        if (depth != 1 || name != "features" || !text.substr(at).starts_with(':'))
            continue;
        ++at;
        skip_white();
        if (text.substr(at).starts_with('['))
            return at + 1;
    }
    return std::nullopt;
}

// Whether a brace behind `before`, which is of an object that is not closed, begins another: it stands first
// on its line and not where the object could go on.
bool begins_another(std::string_view before, bool in_string)
{
    auto const last = before.find_last_not_of(" \t\x1e");
    if (last == std::string_view::npos || before[last] != '\n')
        return false;
    auto const written = before.find_last_not_of(" \t\r\n\x1e");
    return in_string || written == std::string_view::npos ||
           std::string_view{":,["}.find(before[written]) == std::string_view::npos;
}

}  // namespace

Failure JsonRecords::broken(std::string what)
{
    fault_ = std::move(what);
    return fail(ErrorCode::unreadable,
                fmt::format("{} row {}: {}", window_.source().name(), row_ + 1, fault_));
}

Result<JsonRecords> JsonRecords::open(ByteSource& source, JsonForm form)
{
    JsonRecords records{source};
    if (auto opened = records.window_.open(); !opened)
        return Failure{opened.error()};
    auto const first = records.next_mark();
    if (!first)
        return Failure{first.error()};
    records.empty_ = *first == kEnd && records.window_.view().empty();
    records.array_ = *first == '[';
    if (!records.empty_ && !records.array_ && *first != '{')
        return fail(ErrorCode::unreadable, fmt::format("{}: begins with {}, expected a JSON array or object",
                                                       source.name(), quoted(*first)));
    if (records.array_)
        records.window_.consume(1);
    else if (form == JsonForm::collection)
        if (auto looked = records.look_for_collection(); !looked)
            return Failure{looked.error()};
    records.lines_may_break_ = form == JsonForm::collection && !records.array_;
    return records;
}

Result<void> JsonRecords::look_for_collection()
{
    constexpr std::size_t kLongestHead = std::size_t{64} << 10;
    while (window_.view().size() < kLongestHead) {
        auto const more = window_.more();
        if (!more)
            return Failure{more.error()};
        if (!*more)
            break;
    }
    auto const head = window_.view().substr(0, kLongestHead);
    auto const begin = behind_features(head);
    if (!begin)
        return {};
    auto parsed = parse_json(std::string{head.substr(0, *begin)} + "]}");
    if (!parsed)
        return broken(parsed.error().message);
    head_ = std::move(*parsed);
    window_.consume(*begin);
    array_ = true;
    return {};
}

// What may stand behind the bracket that closes the array: nothing, or the rest of the collection.
Result<bool> JsonRecords::end_of_array()
{
    if (!is_collection()) {
        auto const mark = next_mark();
        if (!mark)
            return Failure{mark.error()};
        if (*mark != kEnd || !window_.view().empty())
            return broken(fmt::format("{} behind the end of the array", quoted(*mark)));
        return false;
    }
    while (!window_.full()) {
        auto const more = window_.more();
        if (!more)
            return Failure{more.error()};
        if (!*more)
            break;
    }
    auto rest = parse_json(R"({"features":[])" + std::string{window_.view()});
    if (!rest)
        return broken("the file is cut off or broken behind the features");
    tail_ = std::move(*rest);
    window_.consume(window_.view().size());
    return false;
}

// The next byte that is not white space, left in the window; kEnd at the end.
Result<char> JsonRecords::next_mark()
{
    while (true) {
        auto const at = window_.view().find_first_not_of(array_ ? " \t\r\n" : " \t\r\n\x1e");  // RFC 8142
        if (at != std::string_view::npos) {
            window_.consume(at);
            return window_.view().front();
        }
        window_.consume(window_.view().size());
        auto const more = window_.more();
        if (!more)
            return Failure{more.error()};
        if (!*more)
            return kEnd;
    }
}

// Moves to the next object's brace. \return false at the proper end of the file.
Result<bool> JsonRecords::next_start()
{
    auto mark = next_mark();
    if (!mark)
        return Failure{mark.error()};
    auto const at_end = [&] { return *mark == kEnd && window_.view().empty(); };
    if (!array_ && at_end())
        return false;
    if ((array_ || lines_may_break_) && row_ > 0 && *mark == ',') {  // behind a line it is one too many
        window_.consume(1);
        mark = next_mark();
        if (!mark)
            return Failure{mark.error()};
    } else if (array_ && *mark == ']') {
        window_.consume(1);
        return end_of_array();
    } else if (array_ && row_ > 0 && !at_end()) {
        return broken(fmt::format("found {}, expected \",\" or \"]\"", quoted(*mark)));
    }
    if (at_end())
        return broken("the file is cut off: the array is not closed");
    if (*mark != '{')
        return broken(fmt::format("found {}, expected an object", quoted(*mark)));
    return true;
}

// Bytes from the opening brace to the closing one.
Result<std::size_t> JsonRecords::object_size()
{
    std::size_t seen = 0;
    std::size_t depth = 0;
    bool in_string = false;
    bool escaped = false;
    while (true) {
        auto const view = window_.view();
        for (; seen < view.size(); ++seen) {
            char const c = view[seen];
            if (c == '{' && lines_may_break_ && begins_another(view.substr(0, seen), in_string))
                return broken("the object on this line does not end");
            if (in_string) {
                if (escaped)
                    escaped = false;
                else if (c == '\\')
                    escaped = true;
                else if (c == '"')
                    in_string = false;
            } else if (c == '"') {
                in_string = true;
            } else if (c == '{' || c == '[') {
                if (++depth > kJsonDepth)
                    return broken(fmt::format("nests deeper than {} levels", kJsonDepth));
            } else if ((c == '}' || c == ']') && --depth == 0) {
                return seen + 1;
            }
        }
        if (window_.full())
            return fail(ErrorCode::too_large,
                        fmt::format("{} row {}: longer than {} MB, the most that one record may be",
                                    window_.source().name(), row_ + 1, kRecordLimit >> 20));
        auto const more = window_.more();
        if (!more)
            return Failure{more.error()};
        if (!*more)
            return broken("the file is cut off in the middle of an object");
    }
}

// What cannot be read, as text.
void JsonRecords::pass_broken(std::size_t bytes)
{
    auto const text = trimmed(window_.view().substr(0, bytes));
    broken_line_.clear();
    if (is_utf8(text))
        broken_line_ = text;
    else
        append_from_windows_1252(text, broken_line_);
    window_.consume(bytes);
    ++row_;
}

// The rest of the line, where a line may be broken and what is wrong was said by `broken`.
Result<bool> JsonRecords::pass_line()
{
    if (!lines_may_break_ || fault_.empty())
        return false;
    std::size_t end = std::string_view::npos;
    while ((end = window_.view().find('\n')) == std::string_view::npos) {
        if (window_.full())
            return false;
        auto const more = window_.more();
        if (!more)
            return Failure{more.error()};
        if (!*more)
            break;
    }
    pass_broken(std::min(end, window_.view().size()));
    return true;
}

Result<bool> JsonRecords::next()
{
    fault_.clear();
    if (ended_ || empty_)
        return false;
    auto const start = next_start();
    if (start && !*start) {
        ended_ = true;
        return false;
    }
    auto const size = start ? object_size() : Result<std::size_t>{Failure{start.error()}};
    if (!size) {
        auto const passed = pass_line();
        return passed && !*passed ? Result<bool>{Failure{size.error()}} : passed;
    }
    auto text = window_.view().substr(0, *size);
    if (!is_utf8(text)) {
        decoded_.clear();
        append_from_windows_1252(text, decoded_);
        text = decoded_;
        ++converted_;
    }
    auto value = parse_json(text);
    if (!value) {
        auto failure = broken(value.error().message);
        if (!lines_may_break_)
            return failure;
        pass_broken(*size);
        return true;
    }
    record_ = std::move(*value);
    window_.consume(*size);
    ++row_;
    return true;
}

}  // namespace riskbild::importers
