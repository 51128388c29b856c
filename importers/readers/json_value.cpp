#include "importers/readers/json_value.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace riskbild::importers {
namespace {

// nlohmann's own tree would turn 59.50 into 59.5; its event parser hands out numbers as written.
class TreeBuilder : public nlohmann::json_sax<nlohmann::json> {
public:
    JsonValue root;
    std::string problem;

    bool null() override { return add({}); }
    bool boolean(bool value) override
    {
        return add(scalar(JsonValue::Type::boolean, value ? "true" : "false"));
    }
    bool number_integer(number_integer_t value) override { return number(fmt::to_string(value)); }
    bool number_unsigned(number_unsigned_t value) override { return number(fmt::to_string(value)); }
    bool number_float(number_float_t, string_t const& written) override { return number(written); }
    bool string(string_t& value) override { return add(scalar(JsonValue::Type::string, std::move(value))); }
    bool binary(binary_t&) override { return false; }
    bool start_object(std::size_t) override { return open(JsonValue::Type::object); }
    bool start_array(std::size_t) override { return open(JsonValue::Type::array); }
    bool end_array() override { return close(); }
    bool end_object() override { return close(); }

    bool key(string_t& name) override
    {
        names_.back() = std::move(name);
        return true;
    }

    bool parse_error(std::size_t position, std::string const&, nlohmann::detail::exception const&) override
    {
        problem = fmt::format("is no valid JSON at byte {}", position);
        return false;
    }

private:
    static JsonValue scalar(JsonValue::Type type, std::string text)
    {
        JsonValue value;
        value.type = type;
        value.text = std::move(text);
        return value;
    }

    bool number(std::string written) { return add(scalar(JsonValue::Type::number, std::move(written))); }

    bool add(JsonValue value)
    {
        if (open_.empty())
            root = std::move(value);
        else if (open_.back().type == JsonValue::Type::array)
            open_.back().items.push_back(std::move(value));
        else
            open_.back().members.push_back({std::move(names_.back()), std::move(value)});
        return true;
    }

    bool open(JsonValue::Type type)
    {
        if (open_.size() == kJsonDepth) {
            problem = fmt::format("nests deeper than {} levels", kJsonDepth);
            return false;
        }
        open_.emplace_back().type = type;
        names_.emplace_back();
        return true;
    }

    bool close()
    {
        auto value = std::move(open_.back());
        open_.pop_back();
        names_.pop_back();
        auto& members = value.members;
        std::stable_sort(members.begin(), members.end(),
                         [](auto const& a, auto const& b) { return a.name < b.name; });
        auto const same_name = [](auto const& a, auto const& b) { return a.name == b.name; };
        // From behind, so that the last of equal names stays.
        members.erase(members.begin(), std::unique(members.rbegin(), members.rend(), same_name).base());
        return add(std::move(value));
    }

    std::vector<JsonValue> open_;     // arrays and objects not yet closed, outermost first
    std::vector<std::string> names_;  // of the member that each of them is waiting for
};

void append(JsonValue const& value, std::string& out)
{
    switch (value.type) {
        case JsonValue::Type::null:
            out += "null";
            return;
        case JsonValue::Type::boolean:
        case JsonValue::Type::number:
            out += value.text;
            return;
        case JsonValue::Type::string:
            append_json_string(value.text, out);
            return;
        case JsonValue::Type::array: {
            char before = '[';
            for (auto const& item : value.items) {
                out += before;
                append(item, out);
                before = ',';
            }
            out += value.items.empty() ? "[]" : "]";
            return;
        }
        case JsonValue::Type::object: {
            char before = '{';
            for (auto const& [name, member] : value.members) {
                out += before;
                append_json_string(name, out);
                out += ':';
                append(member, out);
                before = ',';
            }
            out += value.members.empty() ? "{}" : "}";
            return;
        }
    }
}

}  // namespace

JsonValue const* JsonValue::find(std::string_view name) const
{
    auto const found =
        std::lower_bound(members.begin(), members.end(), name,
                         [](auto const& member, std::string_view n) { return member.name < n; });
    return found != members.end() && found->name == name ? &found->value : nullptr;
}

Result<JsonValue> parse_json(std::string_view text)
{
    TreeBuilder builder;
    if (!nlohmann::json::sax_parse(text, &builder))
        return fail(ErrorCode::unreadable,
                    builder.problem.empty() ? std::string{"is no valid JSON"} : builder.problem);
    return std::move(builder.root);
}

std::string canonical_json(JsonValue const& value)
{
    std::string out;
    append(value, out);
    return out;
}

void append_json_string(std::string_view text, std::string& out)
{
    out += '"';
    std::size_t plain = 0;  // start of the stretch that needs no escape
    for (std::size_t i = 0; i < text.size(); ++i) {
        auto const c = static_cast<unsigned char>(text[i]);
        if (c >= 0x20 && c != '"' && c != '\\')
            continue;
        out += text.substr(plain, i - plain);
        plain = i + 1;
        switch (c) {
            case '"':
                out += "\\\"";
                break;
            case '\\':
                out += "\\\\";
                break;
            case '\b':
                out += "\\b";
                break;
            case '\f':
                out += "\\f";
                break;
            case '\n':
                out += "\\n";
                break;
            case '\r':
                out += "\\r";
                break;
            case '\t':
                out += "\\t";
                break;
            default:
                out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
        }
    }
    out += text.substr(plain);
    out += '"';
}

void JsonTexts::add(std::string_view name, std::string_view value)
{
    if (!members_.empty())
        members_ += ',';
    append_json_string(name, members_);
    members_ += ':';
    append_json_string(value, members_);
}

void JsonTexts::add_told(std::string_view name, std::string_view value)
{
    if (!value.empty())
        add(name, value);
}

}  // namespace riskbild::importers
