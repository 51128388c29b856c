#include "server/endpoints/set_aside.hpp"

#include <charconv>
#include <chrono>
#include <optional>
#include <vector>

#include <fmt/format.h>

#include "importers/set_aside_desk.hpp"
#include "server/endpoints/parameters.hpp"
#include "server/endpoints/set_aside_json.hpp"
#include "server/json_body.hpp"
#include "server/json_text.hpp"
#include "server/respond.hpp"

namespace riskbild::server {
namespace {

constexpr std::size_t kMostRows = 1000;
constexpr std::size_t kMostColumns = 500;

Instant now()
{
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

template <class Number>
std::optional<Number> whole_number(std::string_view text)
{
    Number number{};
    auto const* const end = text.data() + text.size();
    auto const [read_to, error] = std::from_chars(text.data(), end, number);
    return error == std::errc{} && read_to == end && number >= 0 ? std::optional(number) : std::nullopt;
}

Result<std::int64_t> row_number(std::string const& text)
{
    auto const number = whole_number<std::int64_t>(text);
    if (!number)
        return fail(ErrorCode::not_found, "there is no such row on the desk");
    return *number;
}

Result<SetAsideQuery> query_of(Request const& request)
{
    auto const text = [&](char const* name) { return std::string(request.query_value(name).value_or("")); };
    SetAsideQuery query{
        .source = text("source"), .file = text("file"), .reason = text("reason"), .text = text("text")};
    auto const state = set_aside_state(request.query_value("state").value_or("open"));
    if (!state)
        return fail(ErrorCode::wrong_use, "state is not open, taken or dropped", "state");
    query.state = *state;
    auto const order = set_aside_order(request.query_value("order").value_or("newest"));
    if (!order)
        return fail(ErrorCode::wrong_use, "order is not newest, file or reason", "order");
    query.order = *order;
    auto const limit = limit_of(request);
    if (!limit)
        return Failure(limit.error());
    query.limit = *limit;
    auto const offset = whole_number<std::size_t>(request.query_value("offset").value_or("0"));
    if (!offset)
        return fail(ErrorCode::wrong_use, "offset is not a whole number from 0", "offset");
    query.offset = *offset;
    return query;
}

struct ByWhom {
    std::string by;
    std::vector<std::int64_t> rows;
};

/// \param with_rows whether the body names rows
Result<ByWhom> by_whom(Request const& request, bool with_rows)
{
    auto body = JsonBody::parse(request.body);
    if (!body)
        return Failure(body.error());
    auto by = body->by();
    if (!by)
        return Failure(by.error());
    ByWhom asked{*std::move(by), {}};
    if (with_rows) {
        auto rows = body->numbers("rows", kMostRows);
        if (!rows)
            return Failure(rows.error());
        if (rows->empty())
            return fail(ErrorCode::wrong_use, "rows is not a list of numbers of rows", "rows");
        asked.rows = *std::move(rows);
    }
    if (auto const left = body->nothing_left(); !left)
        return Failure(left.error());
    return asked;
}

template <class Value, class Find>
Result<Value> through(std::function<Result<void>(std::function<Result<void>(Store&)> const&)> const& store,
                      Find find)
{
    std::optional<Value> value;
    auto const done = store([&](Store& opened) -> Result<void> {
        auto found = find(opened);
        if (!found)
            return Failure(found.error());
        value = *std::move(found);
        return {};
    });
    if (!done)
        return Failure(done.error());
    return *std::move(value);
}

template <class Write>
Answer json_of(Write write)
{
    JsonText json;
    write(json);
    return json_answer(std::move(json).text());
}

Answer answer_of(Result<importers::DeskRow> const& row)
{
    return row ? json_of([&](JsonText& json) { write_desk_row(json, *row); }) : error_answer(row.error());
}

}  // namespace

Answer SetAsideEndpoint::operator()(Request const& request) const
{
    auto const query = query_of(request);
    if (!query)
        return error_answer(query.error());
    auto const page = through<SetAsidePage>(read, [&](Store& store) { return store.set_aside_page(*query); });
    return page ? json_of([&](JsonText& json) { write_set_aside_page(json, *page); })
                : error_answer(page.error());
}

Answer DeskRowEndpoint::operator()(std::string const& id, Request const&) const
{
    auto const number = row_number(id);
    if (!number)
        return error_answer(number.error());
    return answer_of(
        through<importers::DeskRow>(read, [&](Store& store) { return importers::desk_row(store, *number); }));
}

Answer CorrectRowEndpoint::operator()(std::string const& id, Request const& request) const
{
    auto const number = row_number(id);
    if (!number)
        return error_answer(number.error());
    auto body = JsonBody::parse(request.body);
    if (!body)
        return error_answer(body.error());
    auto const by = body->by();
    if (!by)
        return error_answer(by.error());
    auto const values = body->table("values", kMostColumns);
    if (!values)
        return error_answer(values.error());
    if (auto const left = body->nothing_left(); !left)
        return error_answer(left.error());
    return answer_of(through<importers::DeskRow>(
        change, [&](Store& store) { return importers::correct_row(store, *number, *values, *by, now()); }));
}

Answer RetryRowsEndpoint::operator()(Request const& request) const
{
    auto const asked = by_whom(request, true);
    if (!asked)
        return error_answer(asked.error());
    auto const report = through<importers::RetryReport>(
        change, [&](Store& store) { return importers::take_in_again(store, asked->rows, asked->by, now()); });
    return report ? json_of([&](JsonText& json) { write_retry_report(json, *report); })
                  : error_answer(report.error());
}

Answer DropRowsEndpoint::operator()(Request const& request) const
{
    auto const asked = by_whom(request, true);
    if (!asked)
        return error_answer(asked.error());
    auto const dropped =
        change([&](Store& store) { return store.drop_set_aside(asked->rows, asked->by, now()); });
    if (!dropped)
        return error_answer(dropped.error());
    return json_of([&](JsonText& json) { json.object([&] { json.field("dropped", asked->rows.size()); }); });
}

Answer UndoRowEndpoint::operator()(std::string const& id, Request const& request) const
{
    auto const number = row_number(id);
    if (!number)
        return error_answer(number.error());
    if (auto const asked = by_whom(request, false); !asked)
        return error_answer(asked.error());
    return answer_of(through<importers::DeskRow>(change, [&](Store& store) -> Result<importers::DeskRow> {
        if (auto const undone = store.undo_set_aside(*number); !undone)
            return Failure(undone.error());
        return importers::desk_row(store, *number);
    }));
}

}  // namespace riskbild::server
