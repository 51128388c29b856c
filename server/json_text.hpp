#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>

namespace riskbild::server {

/// Writes one JSON value as text, in the order of the calls.
///
///     JsonText json;
///     json.object([&] { json.field("status", "ok"); json.array("rows", [&] { json.value(1); }); });
///     answer(std::move(json).text());
///
/// Strings that are not UTF-8 get U+FFFD for each bad byte; NaN and infinity become null.
class JsonText {
public:
    template <class Fill>
    void object(Fill&& fill)
    {
        enclosed('{', '}', fill);
    }
    template <class Fill>
    void object(std::string_view name, Fill&& fill)
    {
        key(name);
        enclosed('{', '}', fill);
    }
    template <class Fill>
    void array(Fill&& fill)
    {
        enclosed('[', ']', fill);
    }
    template <class Fill>
    void array(std::string_view name, Fill&& fill)
    {
        key(name);
        enclosed('[', ']', fill);
    }

    template <class Value>
    void field(std::string_view name, Value const& content)
    {
        key(name);
        value(content);
    }

    /// Only the name: the value comes next.
    void key(std::string_view name);
    void value(std::string_view text);
    void value(char const* text) { value(std::string_view(text)); }
    void value(std::string const& text) { value(std::string_view(text)); }
    void value(bool truth);
    void value(double number);
    template <class Integer>
    requires std::is_integral_v<Integer>
    void value(Integer number)
    {
        if constexpr (std::is_signed_v<Integer>)
            integer(static_cast<std::int64_t>(number));
        else
            integer(static_cast<std::uint64_t>(number));
    }
    /// A value that is JSON text already.
    void raw(std::string_view name, std::string_view json);

    [[nodiscard]] std::string const& text() const& { return text_; }
    [[nodiscard]] std::string text() && { return std::move(text_); }

private:
    void separate();
    void quoted(std::string_view text);
    void integer(std::int64_t number);
    void integer(std::uint64_t number);

    template <class Fill>
    void enclosed(char open, char close, Fill& fill)
    {
        separate();
        text_ += open;
        needs_comma_ = false;
        fill();
        text_ += close;
        needs_comma_ = true;
    }

    std::string text_;
    bool needs_comma_ = false;
};

}  // namespace riskbild::server
