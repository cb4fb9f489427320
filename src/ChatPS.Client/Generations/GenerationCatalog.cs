using ChatPS.Client.Faults;

namespace ChatPS.Client.Generations;

/// <summary>What long generations there are, for whoever completes and describes parameters.</summary>
public static class GenerationCatalog
{
    /// <summary>Gets the names of the families.</summary>
    public static IReadOnlyList<string> Services { get; } = [.. KnownGenerations.All.Select(family => family.Service)];

    /// <summary>Gets the forms of a family.</summary>
    /// <param name="service">The family.</param>
    /// <returns>The names; none where it has one form only, or is not known.</returns>
    public static IReadOnlyList<string> FormsOf(string service) => [.. (Find(service)?.Forms ?? []).Select(form => form.Name).Where(name => name.Length > 0)];

    /// <summary>Gets what a family can be asked.</summary>
    /// <param name="service">The family.</param>
    /// <returns>The actions, the usual one first; none where the family is not known.</returns>
    public static IReadOnlyList<ActionDescription> ActionsOf(string service) => Find(service)?.Actions ?? [];

    /// <summary>Gets the actions that go on from a generation, of all families.</summary>
    /// <param name="name">What is to be done, or a button that is to be pressed; null for all.</param>
    /// <returns>The actions; those that press a button where none is called so.</returns>
    public static IReadOnlyList<ActionDescription> FollowUps(string? name = null)
    {
        ActionDescription[] known = [.. KnownGenerations.All.SelectMany(family => family.Actions).Where(action => action.IsFollowUp)];
        ActionDescription[] named = Array.FindAll(known, action => name is null || action.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        return named.Length > 0 ? named : Array.FindAll(known, action => action.Name == GenerationService.ButtonAction);
    }

    /// <summary>Gets what can be done next with generations.</summary>
    /// <param name="service">The family; null for all.</param>
    /// <returns>The names for <c>-Action</c>.</returns>
    public static IReadOnlyList<string> FollowUpNames(string? service = null) =>
    [
        .. KnownGenerations.All.Where(family => service is null || family.Service.Equals(service, StringComparison.OrdinalIgnoreCase))
            .SelectMany(family => family.Actions)
            .Where(action => action.IsFollowUp)
            .SelectMany(action => action.Name == GenerationService.ButtonAction ? action.Names : [action.Name])
            .Distinct(StringComparer.OrdinalIgnoreCase),
    ];

    /// <summary>Finds out whether there is a family.</summary>
    /// <param name="service">Its name.</param>
    /// <exception cref="ChatServiceException">There is none of that name; it names those that there are.</exception>
    public static void Require(string service) => Require(KnownGenerations.All, service);

    /// <summary>Finds a family.</summary>
    /// <param name="families">The families.</param>
    /// <param name="service">Its name.</param>
    /// <returns>The family.</returns>
    /// <exception cref="ChatServiceException">There is none of that name.</exception>
    internal static IGenerationFamily Require(IReadOnlyList<IGenerationFamily> families, string service) => Find(service, families) ?? throw Failures.Invalid(
        $"-Service is '{ParameterRules.OnOneLine(service)}'; there is no such family.", $"Use {string.Join(", ", families.Select(family => family.Service))}.");

    private static IGenerationFamily? Find(string service, IReadOnlyList<IGenerationFamily>? families = null) =>
        (families ?? KnownGenerations.All).FirstOrDefault(family => family.Service.Equals(service, StringComparison.OrdinalIgnoreCase));
}
