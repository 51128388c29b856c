#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>

#include "geo_core/result.hpp"
#include "geo_core/store/store.hpp"
#include "importers/row_problem.hpp"

namespace riskbild::importers {

/// One file of named places, area sets or figures being taken in: hands what its rows tell to the session
/// and counts what became of each row. What `ImportTally` is for reports.
class PlaceTally {
public:
    /// \param session must outlive the tally
    PlaceTally(PlaceSession& session, std::string source, std::string file);

    /// Rows told from here on are of this file, one of several that make the extract.
    void in_file(std::string file) { row_file_ = std::move(file); }

    /// Takes what a row tells. Set aside is a second one with the same id but other content, as
    /// `duplicate_id`. \param id_column named for `duplicate_id` \param payload the row as received, kept
    /// where it is set aside
    template <class Told>
    Result<void> put(Told const& told, std::uint64_t row, std::string_view id_column,
                     std::string_view payload)
    {
        return count(session_->put(told), row, id_column, payload);
    }
    /// As `put`, of several things that one row tells: revised where any of them is, new where all are.
    template <class Told>
    Result<void> put_together(std::span<Told const> all, std::uint64_t row, std::string_view id_column,
                              std::string_view payload)
    {
        std::optional<Taken> together;
        for (auto const& told : all) {
            auto const taken = session_->put(told);
            if (!taken)
                return Failure{taken.error()};
            together = together ? combined(*together, *taken) : *taken;
        }
        return together ? count(*together, row, id_column, payload) : Result<void>{};
    }
    /// As `put`, of something that is no row of its own, such as the departures counted for a stop.
    template <class Told>
    Result<void> put_derived(Told const& told)
    {
        auto const taken = session_->put(told);
        return taken ? Result<void>{} : Failure{taken.error()};
    }
    /// Takes what so many rows tell together, such as an area set: all new, all revised or all unchanged.
    template <class Told>
    Result<void> put_all(Told const& told, std::uint64_t rows)
    {
        auto const taken = session_->put(told);
        if (!taken)
            return Failure{taken.error()};
        report_.read += rows;
        (*taken == Taken::new_      ? report_.new_
         : *taken == Taken::revised ? report_.revised
                                    : report_.unchanged) += rows;
        return {};
    }
    Result<void> set_aside(std::uint64_t row, RowProblem problem);
    /// A row of a wider extract that lies beyond the county's box.
    void outside();
    void note(std::string sentence) { report_.notes.push_back(std::move(sentence)); }

    [[nodiscard]] std::uint64_t read() const { return report_.read; }

    /// Commits. Afterwards the tally is spent.
    Result<ImportReport> finish();

private:
    static Taken combined(Taken a, Taken b);
    Result<void> count(Result<Taken> const& taken, std::uint64_t row, std::string_view id_column,
                       std::string_view payload);

    PlaceSession* session_;
    ImportReport report_;
    std::string row_file_;
    std::map<std::string, std::uint64_t> reasons_;
};

}  // namespace riskbild::importers
