#include "server/json_body.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace riskbild::server {
namespace {

using nlohmann::json;

constexpr int kDeepest = 8;

Failure wrong(std::string_view field, std::string_view expectation)
{
    return fail(ErrorCode::wrong_use, fmt::format("{} is not {}", field, expectation), std::string(field));
}

bool has_control(std::string_view text)
{
    return std::ranges::any_of(text,
                               [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

}  // namespace

struct JsonBody::Fields {
    json object;

    /// Null when absent.
    json take(char const* name)
    {
        auto const found = object.find(name);
        if (found == object.end())
            return {};
        auto value = std::move(*found);
        object.erase(found);
        return value;
    }
};

JsonBody::JsonBody(std::unique_ptr<Fields> fields) : fields_(std::move(fields)) {}
JsonBody::~JsonBody() = default;
JsonBody::JsonBody(JsonBody&&) noexcept = default;
JsonBody& JsonBody::operator=(JsonBody&&) noexcept = default;

Result<JsonBody> JsonBody::parse(std::string_view text)
{
    auto is_too_deep = false;
    auto twice = std::string();
    std::vector<std::set<std::string>> names;
    auto const watch = [&](int depth, json::parse_event_t event, json& parsed) {
        is_too_deep = is_too_deep || depth > kDeepest;
        if (event == json::parse_event_t::object_start)
            names.emplace_back();
        else if (event == json::parse_event_t::object_end)
            names.pop_back();
        else if (event == json::parse_event_t::key && !names.back().insert(parsed.get<std::string>()).second)
            twice = parsed.get<std::string>();
        return !is_too_deep;
    };
    auto object = json::parse(text, watch, false);
    if (is_too_deep)
        return fail(ErrorCode::wrong_use, "the JSON of the body is nested too deeply");
    if (!object.is_object())
        return fail(ErrorCode::wrong_use, "the body is not one JSON object in UTF-8");
    if (!twice.empty())
        return fail(ErrorCode::wrong_use, "the body names a field twice", twice);
    return JsonBody(std::make_unique<Fields>(Fields{std::move(object)}));
}

Result<std::string> JsonBody::by()
{
    auto name = text("by", 100);
    if (name && (has_control(*name) || name->find_first_not_of(' ') == std::string::npos))
        return wrong("by", "a name: who does this, in one line");
    return name;
}

Result<std::string> JsonBody::text(char const* name, std::size_t most)
{
    auto value = text_or_empty(name, most);
    if (value && value->empty())
        return wrong(name, fmt::format("a text of 1 to {} bytes", most));
    return value;
}

Result<std::string> JsonBody::text_or_empty(char const* name, std::size_t most)
{
    auto const value = fields_->take(name);
    if (value.is_null())
        return std::string();
    if (!value.is_string() || value.get_ref<std::string const&>().size() > most)
        return wrong(name, fmt::format("a text of at most {} bytes", most));
    return value.get<std::string>();
}

Result<bool> JsonBody::required_flag(char const* name)
{
    auto const value = fields_->take(name);
    if (!value.is_boolean())
        return wrong(name, "true or false");
    return value.get<bool>();
}

Result<bool> JsonBody::flag(char const* name, bool otherwise)
{
    auto const value = fields_->take(name);
    if (value.is_null())
        return otherwise;
    if (!value.is_boolean())
        return wrong(name, "true or false");
    return value.get<bool>();
}

Result<std::vector<std::string>> JsonBody::texts(char const* name, std::size_t most)
{
    auto const value = fields_->take(name);
    std::vector<std::string> texts;
    if (value.is_null())
        return texts;
    if (!value.is_array() || value.size() > most ||
        !std::ranges::all_of(value, [](json const& one) { return one.is_string(); }))
        return wrong(name, fmt::format("a list of at most {} texts", most));
    for (auto const& one : value)
        texts.push_back(one.get<std::string>());
    return texts;
}

Result<std::vector<std::int64_t>> JsonBody::numbers(char const* name, std::size_t most)
{
    auto const value = fields_->take(name);
    std::vector<std::int64_t> numbers;
    if (value.is_null())
        return numbers;
    if (!value.is_array() || value.size() > most ||
        !std::ranges::all_of(value, [](json const& one) { return one.is_number_integer(); }))
        return wrong(name, fmt::format("a list of at most {} whole numbers", most));
    for (auto const& one : value)
        numbers.push_back(one.get<std::int64_t>());
    return numbers;
}

Result<std::vector<std::pair<std::string, std::string>>> JsonBody::table(char const* name, std::size_t most)
{
    auto const value = fields_->take(name);
    std::vector<std::pair<std::string, std::string>> table;
    if (value.is_null())
        return table;
    if (!value.is_object() || value.size() > most ||
        !std::ranges::all_of(value, [](json const& one) { return one.is_string(); }))
        return wrong(name, fmt::format("an object of at most {} texts", most));
    for (auto const& [key, one] : value.items())
        table.emplace_back(key, one.get<std::string>());
    return table;
}

Result<void> JsonBody::nothing_left() const
{
    if (fields_->object.empty())
        return {};
    auto const name = fields_->object.begin().key();
    return fail(ErrorCode::wrong_use, fmt::format("there is no field {} here", name), name);
}

}  // namespace riskbild::server
