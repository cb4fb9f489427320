namespace Refit.Generator;

/// <summary>Writes the module initializer that makes the implementations known.</summary>
internal static class RegistrationEmitter
{
    public static string Emit(EquatableArray<RegistrationModel> registrations, bool needsAttribute)
    {
        SourceWriter writer = new();
        writer.Line(Code.Header);
        if (needsAttribute)
        {
            writer.Open("namespace System.Runtime.CompilerServices");
            writer.Line("[global::System.AttributeUsage(global::System.AttributeTargets.Method, Inherited = false)]");
            writer.Line("internal sealed class ModuleInitializerAttribute : global::System.Attribute { }");
            writer.Close();
            writer.Line();
        }

        writer.Open("namespace Refit.Implementation");
        writer.Line(Code.GeneratedCode);
        writer.Open("file static class Registration");
        writer.Line("[global::System.Runtime.CompilerServices.ModuleInitializer]");
        writer.Open("internal static void Register()");
        foreach (RegistrationModel registration in registrations.OrderBy(item => item.ClassName, StringComparer.Ordinal))
        {
            writer.Line($"global::Refit.GeneratedClients.Register<{registration.TypeName}>(static (client, settings) => new {registration.ClassName}(client, settings));");
        }

        writer.Close();
        writer.Close();
        writer.Close();
        return writer.ToString();
    }
}
