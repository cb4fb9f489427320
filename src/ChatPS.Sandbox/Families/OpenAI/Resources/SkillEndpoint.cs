using System.Globalization;
using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Json;
using ChatPS.Sandbox.Kept;

namespace ChatPS.Sandbox.Families.OpenAI.Resources;

/// <summary>Skills: folders of files with a SKILL.md that names them, in versions that are counted.</summary>
internal sealed class SkillEndpoint
{
    private const string Zip = "application/zip";

    private readonly KeptEndpoint _skills = new(new KeptStore("skill_sandbox_"), "skill", "skill");
    private readonly KeptEndpoint _versions = new(new KeptStore("skillver_sandbox_"), "skill version", "skill.version");

    public IReadOnlyList<Route> Routes =>
    [
        Route.Get("/skills", call => _skills.List(call.Query)),
        Route.Post("/skills", Create),
        Route.Get("/skills/{id}", call => _skills.Show(call["id"])),
        Route.Post("/skills/{id}", SetDefault),
        Route.Delete("/skills/{id}", call => _skills.Delete(call["id"])),
        Route.Get("/skills/{id}/content", call => Download.Of(call, Version(call["id"], (string)_skills.Find(call["id"]).Shape["default_version"]!).Content, Zip)),
        Route.Get("/skills/{id}/versions", call => _versions.List(call.Query, _skills.Find(call["id"]).Id)),
        Route.Post("/skills/{id}/versions", AddVersion),
        Route.Get("/skills/{id}/versions/{version}", call => Answer.OfJson(Version(call["id"], call["version"]).Shape)),
        Route.Delete("/skills/{id}/versions/{version}", DeleteVersion),
        Route.Get("/skills/{id}/versions/{version}/content", call => Download.Of(call, Version(call["id"], call["version"]).Content, Zip)),
    ];

    private Answer Create(EndpointCall call)
    {
        SkillFiles files = SkillFiles.Read(call.Form);
        string id = _skills.Store.NextId();
        KeptThing skill = _skills.Store.Keep(new KeptThing(id, "", Shape.Of(
            ("id", id), ("object", "skill"), ("name", files.Name), ("description", files.Description), ("created_at", call.Created.ToUnixTimeSeconds()), ("default_version", "1"), ("latest_version", "1"))));
        Add(id, "1", files, call.Created);
        return Answer.OfJson(skill.Shape);
    }

    private Answer AddVersion(EndpointCall call)
    {
        KeptThing skill = _skills.Find(call["id"]);
        SkillFiles files = SkillFiles.Read(call.Form);
        string version = (int.Parse((string)skill.Shape["latest_version"]!, CultureInfo.InvariantCulture) + 1).ToString(CultureInfo.InvariantCulture);
        bool isDefault = call.Form.Text("default") == "true";
        _skills.Change(skill, ("latest_version", version), ("default_version", isDefault ? version : skill.Shape["default_version"]), ("description", files.Description));
        return Answer.OfJson(Add(skill.Id, version, files, call.Created).Shape);
    }

    private Answer SetDefault(EndpointCall call) => _skills.Change(_skills.Find(call["id"]), ("default_version", Version(call["id"], call.Body.RequiredText("default_version")).Shape["version"]));

    private Answer DeleteVersion(EndpointCall call)
    {
        KeptThing version = Version(call["id"], call["version"]);
        if (Equals(_skills.Find(call["id"]).Shape["default_version"], version.Shape["version"]))
        {
            throw new ApiException(ApiError.Invalid("The default version of a skill cannot be deleted."));
        }

        _versions.Store.Remove(version.Id, version.Parent);
        return Answer.OfJson(Shape.Of(("id", version.Id), ("object", "skill.version.deleted"), ("deleted", true), ("version", version.Shape["version"])));
    }

    private KeptThing Add(string skill, string version, SkillFiles files, DateTimeOffset now)
    {
        string id = _versions.Store.NextId();
        return _versions.Store.Keep(new KeptThing(id, skill, Shape.Of(
            ("id", id), ("object", "skill.version"), ("skill_id", skill), ("version", version), ("created_at", now.ToUnixTimeSeconds()), ("name", files.Name), ("description", files.Description)))
        {
            Content = files.Zip,
        });
    }

    private KeptThing Version(string skill, string version) =>
        Array.Find(_versions.Store.In(_skills.Find(skill).Id), thing => (string?)thing.Shape["version"] == version) ?? _versions.Find(version, skill);
}
