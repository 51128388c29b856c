#include "server/endpoints/set_aside.hpp"

#include "server/json_body.hpp"
#include "server/json_text.hpp"
#include "server/respond.hpp"

namespace riskbild::server {
namespace {

constexpr std::size_t kLongestName = 300;

Result<SetAsideChoice> choice_of(Request const& request)
{
    auto body = JsonBody::parse(request.body);
    if (!body)
        return Failure(body.error());
    if (auto const by = body->by(); !by)
        return Failure(by.error());
    auto source = body->text_or_empty("source", kLongestName);
    if (!source)
        return Failure(source.error());
    auto file = body->text_or_empty("file", kLongestName);
    if (!file)
        return Failure(file.error());
    if (auto const asked = body->nothing_left(); !asked)
        return Failure(asked.error());
    if (source->empty() && file->empty())
        return fail(ErrorCode::wrong_use, "name the source or the file whose rows to forget", "source");
    return SetAsideChoice{*std::move(source), *std::move(file)};
}

}  // namespace

Answer DiscardSetAsideEndpoint::operator()(Request const& request) const
{
    auto const choice = choice_of(request);
    if (!choice)
        return error_answer(choice.error());
    std::size_t discarded = 0;
    auto const changed = change([&](Store& store) -> Result<void> {
        auto const count = store.discard_set_aside(*choice);
        if (!count)
            return Failure(count.error());
        discarded = *count;
        return {};
    });
    if (!changed)
        return error_answer(changed.error());
    JsonText json;
    json.object([&] { json.field("discarded", discarded); });
    return json_answer(std::move(json).text());
}

}  // namespace riskbild::server
