namespace ChatPS.Client.Models;

/// <summary>Reads what a service tells of the abilities of a model.</summary>
internal static class ModelAbility
{
    /// <summary>Finds out whether a model has an ability.</summary>
    /// <param name="model">The model; null where nothing is known of it.</param>
    /// <param name="ability">The ability with its group, such as <c>effort.high</c>.</param>
    /// <returns>Whether it has; null where the service tells nothing of the group: a model that has none of it looks the same.</returns>
    public static bool? Has(ChatModel? model, string ability)
    {
        if (model?.Capabilities is not { } abilities)
        {
            return null;
        }

        string group = ability.Substring(0, ability.IndexOf('.') + 1);
        return abilities.Contains(ability, StringComparer.Ordinal) ? true : abilities.Any(known => known.StartsWith(group, StringComparison.Ordinal)) ? false : null;
    }

    /// <summary>Lists the abilities of a group.</summary>
    /// <param name="model">The model; null where nothing is known of it.</param>
    /// <param name="group">The group.</param>
    /// <returns>The abilities without their group.</returns>
    public static IEnumerable<string> Of(ChatModel? model, string group) =>
        (model?.Capabilities ?? []).Where(ability => ability.StartsWith(group + ".", StringComparison.Ordinal)).Select(ability => ability.Substring(group.Length + 1));
}
