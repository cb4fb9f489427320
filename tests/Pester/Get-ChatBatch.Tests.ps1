BeforeAll {
    . $PSScriptRoot/common.ps1
}

AfterAll {
    Clear-Test
}

Describe 'Get-ChatBatch' {
    It 'looks by path and by pipeline, and lists what the service has' {
        Connect-TestSandbox
        $batch = 'Riga' | Start-ChatBatch -Path "$TestDrive/get.json" -Force
        (Get-ChatBatch $batch.Path).Id | Should -Be $batch.Id
        ($batch | Get-ChatBatch).Total | Should -Be 1
        (Get-ChatBatch -All -First 1).Id | Should -Be $batch.Parts[0].Id
        (Get-ChatBatch -Id $batch.Parts[0].Id).Total | Should -Be 1
    }
}
