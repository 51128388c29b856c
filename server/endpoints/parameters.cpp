#include "server/endpoints/parameters.hpp"

#include <charconv>

namespace riskbild::server {
namespace {

Failure named(Error error, char const* parameter)
{
    if (error.field.empty())
        error.field = parameter;
    return Failure(std::move(error));
}

}  // namespace

Result<Filter> filter_of(Request const& request)
{
    auto filter = parse_filter(request.query_value("f").value_or(""));
    if (!filter)
        return named(filter.error(), "f");
    return filter;
}

Result<Question> question_of(Request const& request)
{
    auto filter = filter_of(request);
    if (!filter)
        return Failure(filter.error());
    auto options = layers::parse_options(request.query_value("o").value_or(""));
    if (!options)
        return named(options.error(), "o");
    return Question{*std::move(filter), *std::move(options)};
}

Result<std::size_t> limit_of(Request const& request)
{
    constexpr std::size_t kDefault = 100;
    constexpr std::size_t kMost = 1000;
    auto const text = request.query_value("limit");
    if (!text)
        return kDefault;
    std::size_t limit = 0;
    auto const* const end = text->data() + text->size();
    auto const read = std::from_chars(text->data(), end, limit);
    if (read.ec != std::errc{} || read.ptr != end || limit == 0 || limit > kMost)
        return fail(ErrorCode::wrong_use, "limit is not a whole number from 1 to 1000", "limit");
    return limit;
}

}  // namespace riskbild::server
