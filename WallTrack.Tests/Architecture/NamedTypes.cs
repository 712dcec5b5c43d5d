using System.Collections.Frozen;
using System.Reflection;
using System.Reflection.Emit;

namespace WallTrack.Tests.Architecture;

/// <summary>
/// Every type that a compiled type names: in its signatures, its attributes and the bodies of its methods. Read from
/// the assembly, not from the sources, so that no alias, <c>var</c> or relative name hides anything. What the compiler
/// erases (constants, <c>nameof</c>) is not seen.
/// </summary>
internal static class NamedTypes
{
    private const BindingFlags OwnMembers = BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic |
        BindingFlags.Instance | BindingFlags.Static;

    private static readonly FrozenDictionary<short, OpCode> OpCodesByValue = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToFrozenDictionary(code => code.Value);

    public static IReadOnlySet<Type> Of(Type type)
    {
        var named = new HashSet<Type>();
        Add(named, type.BaseType);
        AddAll(named, type.GetInterfaces());
        AddAll(named, type.GetGenericArguments().SelectMany(argument => argument.GetGenericParameterConstraints()));
        AddAttributes(named, type.GetCustomAttributesData());
        foreach (var member in type.GetMembers(OwnMembers))
        {
            AddAttributes(named, member.GetCustomAttributesData());
            AddSignature(named, member);
            if (member is MethodBase { } method)
                AddBody(named, method);
        }

        return named;
    }

    private static void AddSignature(HashSet<Type> named, MemberInfo member)
    {
        switch (member)
        {
            case FieldInfo field:
                Add(named, field.FieldType);
                break;
            case PropertyInfo property:
                Add(named, property.PropertyType);
                break;
            case EventInfo occurrence:
                Add(named, occurrence.EventHandlerType);
                break;
            case MethodBase method:
                AddAll(named, method.GetParameters().Select(parameter => parameter.ParameterType));
                if (method.IsGenericMethod)
                    AddAll(named, method.GetGenericArguments());
                if (method is MethodInfo { ReturnType: var returned })
                    Add(named, returned);
                break;
        }
    }

    private static void AddAttributes(HashSet<Type> named, IEnumerable<CustomAttributeData> attributes)
    {
        foreach (var attribute in attributes)
        {
            Add(named, attribute.AttributeType);
            AddAll(named, attribute.ConstructorArguments.Select(argument => argument.Value).OfType<Type>());
            AddAll(named, attribute.NamedArguments.Select(argument => argument.TypedValue.Value).OfType<Type>());
        }
    }

    private static void AddBody(HashSet<Type> named, MethodBase method)
    {
        if (method.GetMethodBody() is not { } body)
            return;
        AddAll(named, body.LocalVariables.Select(local => local.LocalType));
        AddAll(named, body.ExceptionHandlingClauses
            .Where(clause => clause.Flags == ExceptionHandlingClauseOptions.Clause)
            .Select(clause => clause.CatchType));

        var typeArguments = method.DeclaringType?.GetGenericArguments();
        var methodArguments = method.IsGenericMethod ? method.GetGenericArguments() : null;
        foreach (var token in MetadataTokens(body.GetILAsByteArray() ?? []))
        {
            var member = method.Module.ResolveMember(token, typeArguments, methodArguments)!;
            Add(named, member as Type ?? member.DeclaringType);
            AddSignature(named, member);
        }
    }

    /// <summary>The tokens of the types, methods and fields that the instructions of a method refer to.</summary>
    private static IEnumerable<int> MetadataTokens(byte[] il)
    {
        for (var at = 0; at < il.Length;)
        {
            var value = il[at] == 0xFE ? unchecked((short)(0xFE00 | il[at + 1])) : il[at];
            var code = OpCodesByValue[value];
            at += code.Size;
            if (code.OperandType is OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType)
                yield return BitConverter.ToInt32(il, at);
            at += code.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + 4 * BitConverter.ToInt32(il, at),
                _ => 4,
            };
        }
    }

    private static void AddAll(HashSet<Type> named, IEnumerable<Type?> types)
    {
        foreach (var type in types)
            Add(named, type);
    }

    // List<Batch[]> names List, Batch[] and Batch.
    private static void Add(HashSet<Type> named, Type? type)
    {
        if (type is null || !named.Add(type))
            return;
        Add(named, type.DeclaringType);
        if (type.HasElementType)
            Add(named, type.GetElementType());
        if (type is { IsGenericType: true, IsGenericTypeDefinition: false })
            AddAll(named, type.GetGenericArguments());
    }
}
