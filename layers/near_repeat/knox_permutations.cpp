#include "layers/near_repeat/knox_permutations.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <mutex>
#include <span>

#include "geo_core/random.hpp"
#include "layers/simd.hpp"

// The innermost loop is there twice, for any processor and for those with AVX2. It counts whole numbers, so
// both give the same; tests compare them.
#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>
#define RISKBILD_HAS_AVX2 1
#else
#define RISKBILD_HAS_AVX2 0
#endif

namespace riskbild::layers {
namespace {

/// Numbers of many permutations side by side: 32 of 16 bits where the times span so few days, else 16 of 32.
template <class Number>
struct alignas(64) Lanes {
    static constexpr std::size_t kCount = 64 / sizeof(Number);
    /// Counters are emptied before they can overflow.
    static constexpr std::uint32_t kMostBeforeEmptying = sizeof(Number) == 2 ? 32'000 : 2'000'000'000;
    std::array<Number, kCount> at{};
#if RISKBILD_HAS_AVX2
    [[nodiscard]] __m256i const* half(std::size_t h) const
    {
        return reinterpret_cast<__m256i const*>(at.data()) + h;
    }
    [[nodiscard]] __m256i* half(std::size_t h)
    {
        return reinterpret_cast<__m256i*>(at.data()) + h;
    }
#endif
};

/// Counts of one thread: for each band of distance and each step of time, pairs with fewer days between, in
/// every permutation of a block.
template <class Number>
class Tally {
public:
    Tally(std::size_t bands, std::size_t steps, std::size_t groups)
        : steps_(steps),
          groups_(groups),
          small_(bands * steps * groups),
          large_(small_.size()),
          since_(bands, 0)
    {
    }

    /// Small counters of a band and a group of lanes, one for each step, with room for so many pairs more.
    Lanes<Number>* counters(std::size_t band, std::size_t group)
    {
        return &small_[(band * groups_ + group) * steps_];
    }
    void make_room(std::size_t band, std::size_t pairs)
    {
        if (since_[band] + pairs > Lanes<Number>::kMostBeforeEmptying) {
            empty(band);
        }
        since_[band] += static_cast<std::uint32_t>(pairs);
    }
    void empty(std::size_t band)
    {
        for (std::size_t k = band * groups_ * steps_; k < (band + 1) * groups_ * steps_; ++k) {
            for (std::size_t lane = 0; lane < Lanes<Number>::kCount; ++lane) {
                large_[k][lane] += static_cast<std::uint64_t>(small_[k].at[lane]);
            }
            small_[k] = Lanes<Number>{};
        }
        since_[band] = 0;
    }
    void add(Tally const& other)
    {
        for (std::size_t k = 0; k < large_.size(); ++k) {
            for (std::size_t lane = 0; lane < Lanes<Number>::kCount; ++lane) {
                large_[k][lane] += other.large_[k][lane];
            }
        }
    }
    [[nodiscard]] std::uint64_t pairs(std::size_t band, std::size_t step, std::size_t lane) const
    {
        return large_[(band * groups_ + lane / Lanes<Number>::kCount) * steps_ + step]
                     [lane % Lanes<Number>::kCount];
    }

private:
    std::size_t steps_, groups_;
    std::vector<Lanes<Number>> small_;
    std::vector<std::array<std::uint64_t, Lanes<Number>::kCount>> large_;
    std::vector<std::uint32_t> since_;  ///< pairs in a band since its small counters were emptied
};

/// For one point and its neighbours in one band of distance: adds to `counts[k]` how many of them are fewer
/// than `steps[k]` days away, in every permutation at once.
template <class Number>
struct CloseInTime {
    Lanes<Number> const* times;
    std::uint32_t point;
    std::span<std::uint32_t const> neighbours;
    std::span<Number const> steps;
    Lanes<Number>* counts;
};

template <class Number>
void count_close_baseline(CloseInTime<Number> const& ask)
{
    auto const& own = ask.times[ask.point].at;
    for (auto const j : ask.neighbours) {
        auto const& other = ask.times[j].at;
        for (std::size_t k = 0; k < ask.steps.size(); ++k) {
            auto& count = ask.counts[k].at;
            for (std::size_t lane = 0; lane < Lanes<Number>::kCount; ++lane) {
                auto const apart = std::int32_t{other[lane]} - own[lane];
                count[lane] = static_cast<Number>(count[lane] + (std::abs(apart) < ask.steps[k] ? 1 : 0));
            }
        }
    }
}

#if RISKBILD_HAS_AVX2
/// So many steps at a time keep their sums in registers.
template <std::size_t kSteps, class Number>
[[gnu::target("avx2")]] void count_steps_avx2(CloseInTime<Number> const& ask, std::size_t first)
{
    constexpr bool small = sizeof(Number) == 2;
    for (std::size_t h = 0; h < 2; ++h) {
        auto const own = _mm256_load_si256(ask.times[ask.point].half(h));
        __m256i sums[kSteps];
        __m256i steps[kSteps];
        for (std::size_t k = 0; k < kSteps; ++k) {
            sums[k] = _mm256_load_si256(ask.counts[first + k].half(h));
            steps[k] = small ? _mm256_set1_epi16(static_cast<std::int16_t>(ask.steps[first + k]))
                             : _mm256_set1_epi32(ask.steps[first + k]);
        }
        for (auto const j : ask.neighbours) {
            auto const other = _mm256_load_si256(ask.times[j].half(h));
            auto const days = small ? _mm256_abs_epi16(_mm256_sub_epi16(other, own))
                                    : _mm256_abs_epi32(_mm256_sub_epi32(other, own));
            for (std::size_t k = 0; k < kSteps; ++k) {  // true is −1
                sums[k] = small ? _mm256_sub_epi16(sums[k], _mm256_cmpgt_epi16(steps[k], days))
                                : _mm256_sub_epi32(sums[k], _mm256_cmpgt_epi32(steps[k], days));
            }
        }
        for (std::size_t k = 0; k < kSteps; ++k) {
            _mm256_store_si256(ask.counts[first + k].half(h), sums[k]);
        }
    }
}

template <class Number>
[[gnu::target("avx2")]] void count_close_avx2(CloseInTime<Number> const& ask)
{
    std::size_t first = 0;
    for (; first + 4 <= ask.steps.size(); first += 4) {
        count_steps_avx2<4>(ask, first);
    }
    switch (ask.steps.size() - first) {
        case 3:
            return count_steps_avx2<3>(ask, first);
        case 2:
            return count_steps_avx2<2>(ask, first);
        case 1:
            return count_steps_avx2<1>(ask, first);
        default:
            return;
    }
}
#endif

template <class Number>
using CountClose = void (*)(CloseInTime<Number> const&);

template <class Number>
CountClose<Number> count_close_for(Simd simd)
{
#if RISKBILD_HAS_AVX2
    if (simd == Simd::best_here && __builtin_cpu_supports("avx2")) {
        return count_close_avx2<Number>;
    }
#endif
    static_cast<void>(simd);
    return count_close_baseline<Number>;
}

/// Counts the pairs of many permutations at once, so that finding neighbours costs little beside counting.
template <class Number>
class PermutationBlock {
public:
    PermutationBlock(ReachGrid const& grid, std::vector<std::int32_t> const& times,
                     DistanceSteps const& distance, std::vector<std::int32_t> const& steps,
                     KnoxRun const& run)
        : grid_(grid),
          times_(times.begin(), times.end()),
          run_(run),
          distance_(distance),
          steps_(steps.begin(), steps.end()),
          groups_(groups_for(grid.size(), run.permutations)),
          permuted_(grid.size() * groups_),
          total_(0, 0, 0)
    {
    }

    /// Permutations at a time.
    [[nodiscard]] int size() const { return static_cast<int>(groups_ * kLanes); }

    /// Counts `number` permutations, beginning with number `first`. \return false when stopped
    bool count(int first, int number, Progress const& progress)
    {
        permute(first, number);
        total_ = Tally<Number>(distance_.bands(), steps_.size(), groups_);
        auto const count_close = count_close_for<Number>(run_.simd);
        // Large enough to be worth a tally of its own, small enough to be stopped between.
        auto const stretch = std::max<std::size_t>(512, grid_.size() / 256);
        std::mutex guards_total;
        return for_each_stretch(grid_.size(), stretch, run_.threads, progress,
                                [&](std::size_t from, std::size_t to) {
                                    auto const tally = count_stretch(from, to, count_close);
                                    std::lock_guard const lock(guards_total);
                                    total_.add(tally);
                                });
    }

    /// What the last count gave for one of its permutations.
    void pairs(std::size_t lane, std::vector<std::uint64_t>& below) const
    {
        below.clear();
        for (std::size_t band = 0; band < distance_.bands(); ++band) {
            for (std::size_t step = 0; step < steps_.size(); ++step) {
                below.push_back(total_.pairs(band, step, lane));
            }
        }
    }

private:
    static constexpr std::size_t kLanes = Lanes<Number>::kCount;

    /// As many as fit in 64 MB, at most 256 permutations of 16 bits.
    static std::size_t groups_for(std::size_t points, int permutations)
    {
        constexpr std::size_t kMostBytes = std::size_t{64} << 20U;
        auto const wanted = (static_cast<std::size_t>(permutations) + kLanes - 1) / kLanes;
        return std::clamp<std::size_t>(kMostBytes / (points * sizeof(Lanes<Number>)), 1,
                                       std::clamp<std::size_t>(wanted, 1, 8));
    }

    void permute(int first, int number)
    {
        for_each_stretch(static_cast<std::size_t>(number), 1, run_.threads, {},
                         [&](std::size_t from, std::size_t to) {
                             for (auto lane = from; lane < to; ++lane) {
                                 shuffle_into(lane, static_cast<std::uint64_t>(first) + lane);
                             }
                         });
    }

    void shuffle_into(std::size_t lane, std::uint64_t stream)
    {
        auto shuffled = times_;
        Random random(run_.seed, "near_repeat", stream);
        random.shuffle(std::span{shuffled});
        auto* const group = &permuted_[lane / kLanes * shuffled.size()];
        for (std::size_t i = 0; i < shuffled.size(); ++i) {
            group[i].at[lane % kLanes] = shuffled[i];
        }
    }

    [[nodiscard]] Tally<Number> count_stretch(std::size_t from, std::size_t to,
                                              CountClose<Number> count_close) const
    {
        Tally<Number> tally(distance_.bands(), steps_.size(), groups_);
        Neighbours neighbours(distance_.bands());
        for (std::size_t i = from; i < to; ++i) {
            neighbours.find(grid_, distance_, i);
            for (std::size_t band = 0; band < distance_.bands(); ++band) {
                add(tally, band, static_cast<std::uint32_t>(i), neighbours.of_band(band), count_close);
            }
        }
        for (std::size_t band = 0; band < distance_.bands(); ++band) {
            tally.empty(band);
        }
        return tally;
    }

    void add(Tally<Number>& tally, std::size_t band, std::uint32_t i, std::span<std::uint32_t const> list,
             CountClose<Number> count_close) const
    {
        constexpr std::size_t kMost = Lanes<Number>::kMostBeforeEmptying;
        for (std::size_t done = 0; done < list.size();) {
            auto const part = list.subspan(done, std::min(list.size() - done, kMost));
            tally.make_room(band, part.size());
            for (std::size_t group = 0; group < groups_; ++group) {
                count_close({&permuted_[group * grid_.size()], i, part, steps_, tally.counters(band, group)});
            }
            done += part.size();
        }
    }

    ReachGrid const& grid_;
    std::vector<Number> times_;
    KnoxRun const& run_;
    DistanceSteps const& distance_;
    std::vector<Number> steps_;
    std::size_t groups_;                   // of kLanes permutations each
    std::vector<Lanes<Number>> permuted_;  // group by group: times of each point, permutations side by side
    Tally<Number> total_;
};

template <class Number>
bool count_blocks(ReachGrid const& grid, std::vector<std::int32_t> const& times,
                  DistanceSteps const& distance, std::vector<std::int32_t> const& steps, KnoxRun const& run,
                  Progress const& progress, PermutedPairs const& told)
{
    PermutationBlock<Number> block(grid, times, distance, steps, run);
    std::vector<std::uint64_t> below;
    for (int first = 0; first < run.permutations; first += block.size()) {
        auto const number = std::min(block.size(), run.permutations - first);
        Progress const part = [&](double done) {
            return !progress || progress((first + done * number) / run.permutations);
        };
        if (!block.count(first, number, part)) {
            return false;
        }
        for (std::size_t lane = 0; lane < static_cast<std::size_t>(number); ++lane) {
            block.pairs(lane, below);
            told(below);
        }
    }
    return true;
}

}  // namespace

bool count_permuted(ReachGrid const& grid, std::vector<std::int32_t> const& times,
                    DistanceSteps const& distance, std::vector<std::int32_t> const& steps, KnoxRun const& run,
                    Progress const& progress, PermutedPairs const& told)
{
    constexpr auto kMostSmall = std::numeric_limits<std::int16_t>::max();
    bool const small = *std::ranges::max_element(times) <= kMostSmall && steps.back() <= kMostSmall;
    auto const count = small ? count_blocks<std::int16_t> : count_blocks<std::int32_t>;
    return count(grid, times, distance, steps, run, progress, told);
}

}  // namespace riskbild::layers
