#include "server/json_text.hpp"

#include <cmath>
#include <iterator>

#include <fmt/format.h>

#include "server/utf8.hpp"

namespace riskbild::server {

void JsonText::separate()
{
    if (needs_comma_)
        text_ += ',';
    needs_comma_ = true;
}

void JsonText::key(std::string_view name)
{
    separate();
    quoted(name);
    text_ += ':';
    needs_comma_ = false;
}

void JsonText::quoted(std::string_view text)
{
    text_ += '"';
    while (!text.empty()) {
        auto const length = utf8_length(text);
        auto const c = text.front();
        if (length == 0)
            text_ += "\xEF\xBF\xBD";
        else if (c == '"' || c == '\\')
            (text_ += '\\') += c;
        else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f || c == '<')
            // `<` too: JSON that ends up inside a page must not be able to end its script.
            fmt::format_to(std::back_inserter(text_), "\\u{:04x}", static_cast<unsigned char>(c));
        else
            text_ += text.substr(0, length);
        text.remove_prefix(length == 0 ? 1 : length);
    }
    text_ += '"';
}

void JsonText::value(std::string_view text)
{
    separate();
    quoted(text);
}

void JsonText::value(bool truth)
{
    separate();
    text_ += truth ? "true" : "false";
}

void JsonText::value(double number)
{
    separate();
    if (std::isfinite(number))
        fmt::format_to(std::back_inserter(text_), "{}", number);
    else
        text_ += "null";
}

void JsonText::integer(std::int64_t number)
{
    separate();
    fmt::format_to(std::back_inserter(text_), "{}", number);
}

void JsonText::integer(std::uint64_t number)
{
    separate();
    fmt::format_to(std::back_inserter(text_), "{}", number);
}

void JsonText::raw(std::string_view name, std::string_view json)
{
    key(name);
    separate();
    text_ += json;
}

}  // namespace riskbild::server
