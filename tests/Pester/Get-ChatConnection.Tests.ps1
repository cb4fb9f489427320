BeforeAll {
    . $PSScriptRoot/common.ps1
    $sandbox = Start-ChatSandbox Test
    Disconnect-ChatService *
    Connect-ChatService $sandbox.BaseUri -Name Beta -ApiKey sk-test-1
    Connect-ChatService $sandbox.BaseUri -Name Alpha -Isolated
}

AfterAll {
    Clear-Test
}

Describe 'Get-ChatConnection' {
    It 'lists connections by name' {
        $connections = Get-ChatConnection
        $connections.Name | Should -Be 'Alpha', 'Beta'
        $connections.IsDefault | Should -Be $true, $false
        $connections.IsIsolated | Should -Be $true, $false
        $connections.KeySource | Should -Be 'None', 'Parameter'
        "$($connections[0])" | Should -Be 'Alpha'
    }

    It 'finds by name, wildcard and pipeline' {
        (Get-ChatConnection beta).Name | Should -Be 'Beta'
        (Get-ChatConnection a*).Name | Should -Be 'Alpha'
        ('Alpha', 'Beta' | Get-ChatConnection).Name | Should -Be 'Alpha', 'Beta'
        Get-ChatConnection none* | Should -BeNullOrEmpty
    }

    It 'says that there is no such connection' {
        $failure = @(Get-Failure { Get-ChatConnection nowhere })
        $failure.Count | Should -Be 1
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'InvalidRequest,*'
    }

    It 'can be exported and read again' {
        $copy = Get-ChatConnection Beta | ConvertTo-Json -Depth 5 | ConvertFrom-Json
        $copy.Name | Should -Be 'Beta'
        $copy.psobject.Properties.Name | Should -Not -Contain 'ApiKey'
    }
}
