using System.Management.Automation;
using System.Reflection;

namespace ChatPS.Parameters;

/// <summary>What the parameters of cmdlets are for, as their marks say: see <see cref="AsksAttribute"/> and <see cref="RunsAttribute"/>.</summary>
internal static class ParameterKinds
{
    /// <summary>Finds the parameters of a cmdlet.</summary>
    /// <param name="cmdlet">The cmdlet.</param>
    /// <returns>Its parameters, those of all cmdlets apart.</returns>
    public static IEnumerable<PropertyInfo> Of(Type cmdlet) =>
        cmdlet.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.IsDefined(typeof(ParameterAttribute), inherit: true));

    extension(PropertyInfo parameter)
    {
        /// <summary>Gets whether a checkpoint belongs to the value.</summary>
        public bool BelongsToCheckpoint => parameter.GetCustomAttribute<RunsAttribute>() is null;

        /// <summary>Gets whether a session may hold the parameter.</summary>
        public bool IsForSession => parameter.GetCustomAttribute<AsksAttribute>() is not null || parameter.GetCustomAttribute<RunsAttribute>() is { InSession: true };

        /// <summary>Gets whether a session that was read from a file may hold the parameter.</summary>
        public bool IsForSessionFile => parameter.IsForPromptFile || parameter.GetCustomAttribute<RunsAttribute>() is { InSession: true };

        /// <summary>Gets whether a prompt file may set the parameter.</summary>
        public bool IsForPromptFile => parameter.GetCustomAttribute<AsksAttribute>() is { InPromptFile: true };
    }
}
