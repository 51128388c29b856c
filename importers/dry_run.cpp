#include "importers/dry_run.hpp"

#include <utility>

namespace riskbild::importers {
namespace {

/// Everything but the end.
class DryRun : public ImportSession {
public:
    DryRun(std::unique_ptr<ImportSession> session, Revision revision)
        : session_(std::move(session)), revision_(revision)
    {
    }

    Result<Taken> take(Report const& report) override { return session_->take(report); }
    Result<Taken> take_from_desk(Report const& report) override { return session_->take_from_desk(report); }
    Result<void> set_aside(SetAside const& row) override { return session_->set_aside(row); }
    Result<void> read_by(std::string recipe) override { return session_->read_by(std::move(recipe)); }
    [[nodiscard]] std::uint64_t settled_before() const override { return session_->settled_before(); }
    Result<Standing> standing(ReportKey const& key, std::string const& payload) override
    {
        return session_->standing(key, payload);
    }
    Result<void> settle(std::int64_t, Settlement const&) override { return {}; }
    Result<std::optional<SameRows>> same_rows(std::uint64_t rows_hash) override
    {
        return session_->same_rows(rows_hash);
    }
    Result<void> note(ImportReport const&, std::uint64_t) override { return {}; }
    Result<Revision> commit() override
    {
        session_.reset();
        return revision_;
    }

private:
    std::unique_ptr<ImportSession> session_;
    Revision revision_;
};

}  // namespace

BeginImport dry_run(Store& store)
{
    return [&store](Source const& source, std::string file) -> Result<std::unique_ptr<ImportSession>> {
        auto const revision = store.revision();
        if (!revision)
            return Failure{revision.error()};
        auto session = store.begin_import(source, std::move(file));
        if (!session)
            return session;
        return std::make_unique<DryRun>(*std::move(session), *revision);
    };
}

}  // namespace riskbild::importers
