#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "geo_core/result.hpp"

namespace riskbild::importers {

struct JsonMember;

/// A JSON value as received: numbers keep the digits that they were written with where they have a
/// fraction or an exponent, members are in order of name.
struct JsonValue {
    enum class Type { null, boolean, number, string, array, object };
    Type type = Type::null;
    std::string text;              ///< of a string: its characters; of a number or boolean: how it is written
    std::vector<JsonValue> items;  ///< of an array
    std::vector<JsonMember> members;  ///< of an object, by name; the last of equal names

    /// The member of that name, or nothing.
    [[nodiscard]] JsonValue const* find(std::string_view name) const;
};

struct JsonMember {
    std::string name;
    JsonValue value;
};

/// How deep arrays and objects may lie in each other.
inline constexpr std::size_t kJsonDepth = 32;

/// Parses exactly one value. \return ErrorCode::unreadable with what is wrong and where in `text`.
Result<JsonValue> parse_json(std::string_view text);

/// The one form that content is hashed in: members by name, no white space, UTF-8 unescaped.
[[nodiscard]] std::string canonical_json(JsonValue const& value);

/// Appends a JSON string with its quotes, escaped as `canonical_json` does.
void append_json_string(std::string_view text, std::string& out);

/// A JSON object of texts, in the order in which they are added: a row as received, or attributes.
class JsonTexts {
public:
    void add(std::string_view name, std::string_view value);
    /// As `add`; an empty text is left out.
    void add_told(std::string_view name, std::string_view value);
    /// `{}` where there are none.
    [[nodiscard]] std::string json() const { return '{' + members_ + '}'; }
    /// An empty text where there are none.
    [[nodiscard]] std::string json_if_any() const { return members_.empty() ? members_ : json(); }

private:
    std::string members_;
};

}  // namespace riskbild::importers
