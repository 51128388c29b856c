#include "server/endpoints/link.hpp"

#include <algorithm>
#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "geo_core/link_review.hpp"
#include "server/endpoints/link_json.hpp"
#include "server/endpoints/parameters.hpp"
#include "server/json_body.hpp"
#include "server/json_text.hpp"
#include "server/respond.hpp"

namespace riskbild::server {
namespace {

constexpr std::size_t kLongestKey = 500;
constexpr std::size_t kLongestReason = 1000;
constexpr std::size_t kMostCompared = 200;

Result<ReportKey> key_of(std::string_view text, char const* field)
{
    auto const key = parse_report_key(text);
    if (!key)
        return fail(ErrorCode::wrong_use, fmt::format("{} is not a report such as police:12345", field),
                    field);
    return *key;
}

struct Pair {
    ReportKey a;
    ReportKey b;
};

Result<Pair> pair_of(std::string_view a, std::string_view b)
{
    auto first = key_of(a, "a");
    if (!first)
        return Failure(first.error());
    auto second = key_of(b, "b");
    if (!second)
        return Failure(second.error());
    return Pair{*std::move(first), *std::move(second)};
}

Result<Pair> pair_of(JsonBody& body)
{
    auto const a = body.text("a", kLongestKey);
    if (!a)
        return Failure(a.error());
    auto const b = body.text("b", kLongestKey);
    if (!b)
        return Failure(b.error());
    return pair_of(*a, *b);
}

Answer answer_of(LinkComparison const& comparison, View const& view)
{
    JsonText json;
    write_comparison(json, comparison, view.county());
    return json_answer(std::move(json).text());
}

/// Changes the store and answers with the two reports as they are then.
template <class Change>
Answer change_and_compare(ChangeStore const& store, View const& view, Pair const& pair, Change change)
{
    std::optional<LinkComparison> comparison;
    auto const done = store([&](Store& opened) -> Result<void> {
        if (auto const changed = change(opened); !changed)
            return Failure(changed.error());
        auto compared = opened.compare(view, pair.a, pair.b);
        if (!compared)
            return Failure(compared.error());
        comparison = *std::move(compared);
        return {};
    });
    return done ? answer_of(*comparison, view) : error_answer(done.error());
}

Result<LinkCandidateChoice> choice_of(Request const& request)
{
    auto const limit = limit_of(request);
    if (!limit)
        return Failure(limit.error());
    return LinkCandidateChoice{.source = std::string(request.query_value("source").value_or("")),
                               .limit = std::min(*limit, kMostCompared)};
}

}  // namespace

Answer LinkReviewEndpoint::operator()(Request const& request) const
{
    auto const choice = choice_of(request);
    if (!choice)
        return error_answer(choice.error());
    JsonText json;
    auto const done = read([&](Store& store) -> Result<void> {
        auto const candidates = store.link_candidates(*choice);
        if (!candidates)
            return Failure(candidates.error());
        std::vector<LinkComparison> compared;
        for (auto const& candidate : candidates->pairs) {
            auto comparison = store.compare(view, candidate.a, candidate.b);
            if (!comparison)
                return Failure(comparison.error());
            compared.push_back(*std::move(comparison));
        }
        write_comparisons(json, candidates->n, compared, view.county());
        return {};
    });
    return done ? json_answer(std::move(json).text()) : error_answer(done.error());
}

Answer LinkComparisonEndpoint::operator()(Request const& request) const
{
    auto const pair = pair_of(request.query_value("a").value_or(""), request.query_value("b").value_or(""));
    if (!pair)
        return error_answer(pair.error());
    std::optional<LinkComparison> comparison;
    auto const done = read([&](Store& store) -> Result<void> {
        auto compared = store.compare(view, pair->a, pair->b);
        if (!compared)
            return Failure(compared.error());
        comparison = *std::move(compared);
        return {};
    });
    return done ? answer_of(*comparison, view) : error_answer(done.error());
}

Answer LinkVerdictsEndpoint::operator()(Request const&) const
{
    JsonText json;
    auto const done = read([&](Store& store) -> Result<void> {
        auto const verdicts = store.verdicts();
        if (!verdicts)
            return Failure(verdicts.error());
        write_verdicts(json, *verdicts);
        return {};
    });
    return done ? json_answer(std::move(json).text()) : error_answer(done.error());
}

Answer DecideLinkEndpoint::operator()(Request const& request) const
{
    auto body = JsonBody::parse(request.body);
    if (!body)
        return error_answer(body.error());
    auto const pair = pair_of(*body);
    if (!pair)
        return error_answer(pair.error());
    auto const together = body->required_flag("together");
    if (!together)
        return error_answer(together.error());
    auto const reason = body->text_or_empty("reason", kLongestReason);
    if (!reason)
        return error_answer(reason.error());
    auto const by = body->by();
    if (!by)
        return error_answer(by.error());
    if (auto const left = body->nothing_left(); !left)
        return error_answer(left.error());
    auto const now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    return change_and_compare(change, view, *pair, [&](Store& store) {
        return store.decide({pair->a, pair->b, *together, *by, *reason, now});
    });
}

Answer WithdrawLinkEndpoint::operator()(Request const& request) const
{
    auto body = JsonBody::parse(request.body);
    if (!body)
        return error_answer(body.error());
    auto const pair = pair_of(*body);
    if (!pair)
        return error_answer(pair.error());
    if (auto const by = body->by(); !by)
        return error_answer(by.error());
    if (auto const left = body->nothing_left(); !left)
        return error_answer(left.error());
    return change_and_compare(change, view, *pair,
                              [&](Store& store) { return store.withdraw(pair->a, pair->b); });
}

}  // namespace riskbild::server
