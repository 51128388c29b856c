#include "layers/moran/compare_neighbours.hpp"

#include <algorithm>
#include <limits>

#include <fmt/format.h>

#include "layers/getis_ord/local_g.hpp"
#include "layers/significance.hpp"

namespace riskbild::layers {
namespace {

constexpr double kNotTested = std::numeric_limits<double>::quiet_NaN();
// Neighbours drawn: about ten seconds on two cores.
constexpr std::size_t kMostDraws = 2'000'000'000;
// Of the whole map; more would tell no more of it.
constexpr std::uint32_t kMostGlobalPermutations = 999;

Failure stopped()
{
    return fail(ErrorCode::busy, "stopped before the neighbours were compared");
}

Result<void> check_size(std::span<LocalMoran const> locals, SpatialWeights const& weights,
                        MoranOptions const& options)
{
    auto const draws = std::max<std::size_t>(draws_of_local_permutation(locals, weights), 1);
    if (draws * options.permutations <= kMostDraws) {
        return {};
    }
    return fail(
        ErrorCode::too_large,
        fmt::format("{} permutations of {} units would draw {} million neighbours, at most {} million are "
                    "allowed: {} permutations fit",
                    options.permutations, locals.size(), draws * options.permutations / 1'000'000,
                    kMostDraws / 1'000'000, kMostDraws / draws),
        "permutations");
}

/// Tests every unit and classes those that stay significant together.
Result<void> judge_units(MoranAnswer& answer, SpatialWeights const& weights, MoranOptions const& options,
                         Progress const& progress)
{
    auto locals = local_morans_i(answer.units.compared, weights);
    auto const count = answer.units.units.size();
    answer.p.assign(count, kNotTested);
    answer.p_adjusted = answer.p;
    answer.classes.assign(count, Quadrant::none);
    if (!locals) {
        return {};
    }
    answer.locals = *std::move(locals);
    if (auto const fits = check_size(answer.locals, weights, options); !fits) {
        return Failure{fits.error()};
    }
    auto const tests =
        permute_local_morans_i(answer.locals, weights, options.permutations, options.seed, progress);
    if (!tests) {
        return stopped();
    }
    for (std::size_t i = 0; i < count; ++i) {
        if (answer.locals[i].neighbours) {
            answer.p[i] = (*tests)[i].p_two_sided();
        }
    }
    answer.p_adjusted = benjamini_hochberg(answer.p);
    for (std::size_t i = 0; i < count; ++i) {
        if (answer.p_adjusted[i] <= options.level) {
            answer.classes[i] = quadrant_of(answer.locals[i]);
        }
    }
    return {};
}

}  // namespace

Result<MoranAnswer> compare_neighbours(LayerQuestion const& question, MoranOptions const& options,
                                       LayerInfo& info)
{
    MoranAnswer answer;
    auto units = options.unit == MoranUnit::cells
                     ? cell_units(question.view, question.filter, options.cell, info)
                     : area_units(question.view, question.filter, options.rates, info);
    if (!units) {
        return Failure{units.error()};
    }
    answer.units = *std::move(units);
    auto const part = [&](double from, double to) -> Progress {
        return [&question, from, to](double done) {
            return !question.progress || question.progress(from + (to - from) * done);
        };
    };
    auto const weights = row_standardised(answer.units.neighbours);
    answer.moran = morans_i(answer.units.compared, weights);
    answer.geary = gearys_c(answer.units.compared, weights);
    answer.general = general_g(answer.units.amounts, answer.units.neighbours);
    if (answer.moran) {
        answer.moran_test = permute_morans_i(answer.units.compared, weights,
                                             std::min(options.permutations, kMostGlobalPermutations),
                                             options.seed, part(0.0, 0.3));
        if (!answer.moran_test) {
            return stopped();
        }
    }
    if (auto const judged = judge_units(answer, weights, options, part(0.5, 1.0)); !judged) {
        return Failure{judged.error()};
    }
    return answer;
}

}  // namespace riskbild::layers
