using ChatPS.Client.Faults;

namespace ChatPS.Conversion;

/// <summary>What a container is told of a skill: which one it is.</summary>
internal static class SkillReference
{
    /// <summary>Names a skill.</summary>
    /// <param name="skill">A skill, its id, or a hashtable.</param>
    /// <param name="parameter">The parameter, for the error.</param>
    /// <returns>The reference.</returns>
    /// <exception cref="ChatServiceException">It is none of these.</exception>
    public static IReadOnlyDictionary<string, object?> Of(object skill, string parameter) => Bare.Of(skill) switch
    {
        ChatSkill known => To(known.Id),
        string { Length: > 0 } id => To(id),
        var other => TypedValue.Of(other!, parameter, "@{ type = 'skill_reference'; skill_id = 'skill_1' }, or by its id"),
    };

    private static Dictionary<string, object?> To(string id) => new(StringComparer.Ordinal) { ["type"] = "skill_reference", ["skill_id"] = id };
}
